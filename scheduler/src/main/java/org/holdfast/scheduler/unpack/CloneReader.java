package org.holdfast.scheduler.unpack;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.jspecify.annotations.Nullable;

/** Reads clones and creates their instances. */
public final class CloneReader {

    private CloneReader() {}

    static boolean read(Clone clone) {
        if (clone.is(ResourceFlag.PROMOTABLE)) {
            clone.promotedMax = number(clone, "promoted-max", "master-max", 1);
            clone.promotedNodeMax = number(clone, "promoted-node-max", "master-node-max", 1);
        }
        clone.cloneNodeMax = number(clone, "clone-node-max", null, 1);
        clone.cloneMax = number(clone, "clone-max", null, Math.max(1, clone.cluster.nodes.size()));
        clone.ordered = Values.isTrue(clone.meta("ordered"));
        clone.interleave = Values.isTrue(clone.meta("interleave"));
        if (!clone.is(ResourceFlag.UNIQUE) && clone.cloneNodeMax > 1) {
            clone.cluster.configError(
                    "Ignoring clone-node-max of "
                            + clone.cloneNodeMax
                            + " for "
                            + clone.id
                            + " because anonymous clones support only one instance per node");
            clone.cloneNodeMax = 1;
        }
        clone.childXml = firstClonable(clone.xml);
        if (clone.childXml == null) {
            clone.cluster.configError(clone.id + " has nothing to clone");
            return false;
        }
        // A little stickiness keeps instances from being shuffled for nothing.
        clone.meta.putIfAbsent("resource-stickiness", "1");
        clone.meta.put("globally-unique", Boolean.toString(clone.is(ResourceFlag.UNIQUE)));

        // Even with none wanted one is created, for history entries to find the clone by.
        int i = 0;
        do {
            if (addInstance(clone) == null) {
                return false;
            }
            i++;
        } while (i < clone.cloneMax);
        return true;
    }

    private static int number(Clone clone, String name, @Nullable String oldName, int fallback) {
        String value = clone.meta(name);
        if (value == null && oldName != null) {
            value = clone.meta(oldName);
        }
        return value == null ? fallback : Values.atLeast(value, 0);
    }

    private static @Nullable Element firstClonable(Element xml) {
        for (Element child : xml.elements()) {
            if (child.name().equals("primitive") || child.name().equals("group")) {
                return child;
            }
        }
        return null;
    }

    /**
     * Creates the next instance, as removed if there are as many as wanted already.
     *
     * @return null if the configuration is invalid
     */
    public static @Nullable Resource addInstance(Clone clone) {
        Element template = clone.childXml;
        if (template == null) {
            return null;
        }
        boolean excess = clone.totalInstances >= clone.cloneMax;
        Element numbered = template.with("clone", Integer.toString(clone.totalInstances));
        int cloneMax = clone.cloneMax;
        Resource instance = ResourceReader.read(clone.cluster, numbered, clone);
        if (instance == null) {
            return null;
        }
        clone.totalInstances++;
        clone.children.add(instance);
        if (excess) {
            instance.setAll(ResourceFlag.REMOVED);
        }
        instance.meta.put("clone-max", Integer.toString(cloneMax));
        return instance;
    }
}

package org.holdfast.tools.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.value.IntegerText;
import org.holdfast.scheduler.config.ResourceParameters;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.EntryOrder;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.operations.ParameterDigests;
import org.holdfast.scheduler.sorting.HashOrder;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.jspecify.annotations.Nullable;

/** Shows the digests by which changes of parameters are noticed. */
final class DigestDisplay {

    private static final String TIMEOUT = "CRM_meta_timeout";
    private static final long INTERVAL_MAX = 0xffff_ffffL;

    private static final Set<String> EFFECTIVE =
            Set.of("monitor", "start", "promote", "migrate_from");

    private final Output out;
    private final Resource resource;
    private final Node node;
    private final Map<String, String> overrides;

    /** The digests of a resource on a node, with other values for some parameters. */
    DigestDisplay(Output out, Resource resource, Node node, Map<String, String> overrides) {
        this.out = out;
        this.resource = resource;
        this.node = node;
        this.overrides = overrides;
    }

    /** Shows them for the operation that made the resource what it is, else for a start. */
    int show() throws UsageException {
        if (!(resource instanceof Primitive)) {
            throw Failures.exit(ExitCode.UNIMPLEMENT_FEATURE, null);
        }
        Element entry = bestEntry();
        String task = entry == null ? null : entry.get("operation");
        long interval = overridden(entry == null || task == null ? 0 : Entries.interval(entry));
        String operation = task == null ? "start" : task;
        ParameterDigests.Detailed digests =
                ParameterDigests.detailed(resource, operation, interval, node, entry, overrides);
        XmlOutput xml = out.xml();
        if (xml != null) {
            XmlNode parent =
                    xml.add("digests")
                            .set("resource", resource.id)
                            .set("node", node.name)
                            .set("task", operation)
                            .set("interval", interval + "ms");
            add(parent, "all", digests.digests().all(), digests.all());
            add(parent, "nonprivate", digests.digests().secure(), digests.secure());
            add(parent, "nonreloadable", digests.digests().restart(), digests.restart());
            return ExitCode.OK;
        }
        out.beginList(
                null,
                null,
                "Digests for " + resource.id + " " + action(operation, interval) + " on " + node);
        item(digests.digests().all(), "all");
        item(digests.digests().secure(), "non-private");
        item(digests.digests().restart(), "non-reloadable");
        out.endList();
        return ExitCode.OK;
    }

    private long overridden(long interval) {
        String given = overrides.get("CRM_meta_interval");
        long parsed = IntegerText.valueOf(given, -1);
        return parsed >= 0 && parsed <= INTERVAL_MAX ? parsed : interval;
    }

    private static String action(String operation, long interval) {
        if (interval != 0) {
            return interval + "ms-interval " + operation + " action";
        }
        return operation.equals("monitor") ? "probe action" : operation + " action";
    }

    private void item(@Nullable String digest, String which) {
        if (digest != null) {
            out.listItem(null, digest + " (" + which + " parameters)");
        }
    }

    private void add(
            XmlNode parent,
            String type,
            @Nullable String digest,
            @Nullable Map<String, String> parameters) {
        if (digest == null || parameters == null) {
            return;
        }
        XmlNode source =
                parent.add("digest").set("type", type).set("hash", digest).add("parameters");
        List<String> names = new ArrayList<>(HashOrder.of(overrides.keySet()));
        names.addAll(HashOrder.of(ResourceParameters.of(resource, node).keySet()));
        names.addAll(parameters.keySet());
        names.removeIf(name -> name.equals(TIMEOUT));
        names.add(TIMEOUT);
        names.forEach(name -> source.set(name, parameters.get(name)));
    }

    /** The history entry whose parameters count. */
    private @Nullable Element bestEntry() {
        Element best = null;
        for (Element entry : resource.cluster.history.operations(node.name, resource.id)) {
            if (best == null || isBetter(entry, best)) {
                best = entry;
            }
        }
        return best;
    }

    private static boolean isBetter(Element entry, Element best) {
        boolean effective = isEffective(entry);
        if (isEffective(best)) {
            if (!effective) {
                return false;
            }
        } else if (Entries.interval(best) != 0 && !effective && Entries.interval(entry) == 0) {
            return false;
        }
        if (!isFailure(best) && isFailure(entry)) {
            return false;
        }
        if (best.has("op-restart-digest") && !entry.has("op-restart-digest")) {
            return false;
        }
        return EntryOrder.compare(best, entry) <= 0;
    }

    private static boolean isEffective(Element entry) {
        return Entries.interval(entry) == 0 && EFFECTIVE.contains(entry.getOr("operation", ""));
    }

    private static boolean isFailure(Element entry) {
        return entry.id().endsWith("_last_failure_0");
    }
}

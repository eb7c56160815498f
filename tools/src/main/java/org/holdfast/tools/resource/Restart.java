package org.holdfast.tools.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.TextOutput;
import org.holdfast.tools.crm.frame.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * Stops a resource and what depends on it, waits, and starts it again ({@code crm_resource
 * --restart}). The resource is stopped by its target role, or, on one node of a clone, by a ban.
 */
final class Restart {

    /** Waits for the cluster. */
    interface Patience {

        /**
         * Returns when the cluster has nothing left to do or, where none acts, when something has
         * come true or the time is over.
         */
        void await(Condition reached) throws UsageException;
    }

    /** Something that may come true. */
    interface Condition {

        boolean check() throws UsageException;
    }

    private final Session session;
    private final Output out;
    private final Patience patience;

    Restart(Session session, Patience patience) {
        this.session = session;
        this.out = session.out();
        this.patience = patience;
    }

    /**
     * Restarts.
     *
     * @param named what the user named; a part of a bundle stands for the bundle
     * @param requested as the user named it
     * @param node only there, or null for everywhere
     */
    int run(Resource named, String requested, @Nullable Node node) throws UsageException {
        if (named.top(true) instanceof Bundle bundle && named != bundle) {
            return run(bundle, requested, node);
        }
        Resource resource = named;
        boolean running = isRunning(resource, node);
        Resource top = resource.top(false);
        if (!running && top instanceof Clone) {
            running = isRunning(top, node);
        }
        if (!running) {
            String where = node == null ? "anywhere" : "on " + node.name;
            out.error(requested + " is not running " + where + " and so cannot be restarted");
            throw Failures.of(Rc.ENXIO, null);
        }
        if (!resource.isManaged()) {
            out.error("Unmanaged resources cannot be restarted.");
            throw Failures.of(Rc.EAGAIN, null);
        }
        String id = resource.inAnonymousClone() ? resource.xml.id() : resource.id;
        Switch stop;
        if (node != null && (top instanceof Clone || top instanceof Bundle)) {
            stop = new Ban(top.id, node);
            if (out instanceof TextOutput text) {
                text.setQuiet(true);
            }
        } else {
            stop = new TargetRole(resource, resource.id);
        }
        if (!session.isCopy()) {
            patience.await(() -> true);
            session.readStatus();
        }
        List<String> before = running(session.cluster(), node);
        stop.off();
        boolean stopped = false;
        try {
            session.readStatus();
            List<String> target = staying(session.cluster(), node);
            list(without(before, target), "to stop:");
            await(id, "shutdown", target, node, before);
            stopped = true;
        } finally {
            if (!stopped) {
                stop.on();
            }
        }
        List<String> gone = without(before, running(session.cluster(), node));
        stop.on();
        list(gone, "to start again:");
        patience.await(() -> {
            session.readStatus();
            return without(before, running(session.cluster(), null)).isEmpty();
        });
        session.readStatus();
        List<String> missing = without(before, running(session.cluster(), null));
        if (!missing.isEmpty()) {
            throw incomplete("restart", id, missing);
        }
        return ExitCode.OK;
    }

    /** Waits until what is to stop has stopped. */
    private void await(
            String id, String phase, List<String> target, @Nullable Node node, List<String> before)
            throws UsageException {
        if (without(before, target).isEmpty()) {
            return;
        }
        patience.await(() -> {
            session.readStatus();
            return without(running(session.cluster(), node), target).isEmpty();
        });
        session.readStatus();
        List<String> left = without(running(session.cluster(), node), target);
        if (!left.isEmpty()) {
            throw incomplete(phase, id, left);
        }
    }

    private UsageException incomplete(String phase, String id, List<String> left) {
        out.error(
                "Could not complete "
                        + phase
                        + " of "
                        + id
                        + ", "
                        + left.size()
                        + " resources remaining");
        left.forEach(one -> out.info(" * " + one));
        return Failures.exit(ExitCode.TIMEOUT, null);
    }

    private void list(List<String> resources, String what) {
        out.info("Waiting for " + resources.size() + " resources " + what);
        resources.forEach(one -> out.info(" * " + one));
    }

    /** A way to keep the resource from running, and to let it run again. */
    private interface Switch {

        void off() throws UsageException;

        void on() throws UsageException;
    }

    private final class TargetRole implements Switch {
        private final Resource resource;
        private final String id;
        private final @Nullable String before;
        private final ParameterEditor editor = new ParameterEditor(session);
        private final ParameterEditor.Target target =
                new ParameterEditor.Target("meta_attributes", "target-role", null, null);

        TargetRole(Resource resource, String id) {
            this.resource = resource;
            this.id = id;
            this.before = configuredRole(session.original(), resource.xml.id());
        }

        @Override
        public void off() throws UsageException {
            editor.set(resource, id, target, "stopped", false);
        }

        @Override
        public void on() throws UsageException {
            if (before == null) {
                editor.delete(resource, id, target);
            } else {
                editor.set(resource, id, target, before, false);
            }
        }
    }

    private final class Ban implements Switch {
        private final String clone;
        private final Node node;

        Ban(String clone, Node node) {
            this.clone = clone;
            this.node = node;
        }

        @Override
        public void off() throws UsageException {
            new LocationCommands(session, clone).banQuietly(node.name);
        }

        @Override
        public void on() throws UsageException {
            session.removeSelected(
                    "//rsc_location[@id='cli-ban-" + clone + "-on-" + node.name + "']");
        }
    }

    private static @Nullable String configuredRole(Element cib, String id) {
        Element found = find(cib.path("configuration", "resources"), id);
        Element set = found == null ? null : found.first("meta_attributes");
        for (Element pair : set == null ? List.<Element>of() : set.elements("nvpair")) {
            if ("target-role".equals(pair.get("name"))) {
                return pair.get("value");
            }
        }
        return null;
    }

    private static @Nullable Element find(@Nullable Element parent, String id) {
        for (Element child : parent == null ? List.<Element>of() : parent.elements()) {
            Element found = child.id().equals(id) ? child : find(child, id);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The ids of what runs now; groups count by their members. */
    private static List<String> running(Cluster cluster, @Nullable Node node) {
        List<String> ids = new ArrayList<>();
        cluster.resources.forEach(one -> collect(one, part -> isRunning(part, node), ids));
        return ids;
    }

    /** The ids of what would run after the next transition. */
    private static List<String> staying(Cluster status, @Nullable Node node) {
        Cluster decided = Scheduler.decide(status).cluster();
        List<String> ids = new ArrayList<>();
        decided.resources.forEach(one -> collect(one, part -> staysOn(part, node), ids));
        return ids;
    }

    private static void collect(
            Resource resource, java.util.function.Predicate<Resource> wanted, List<String> into) {
        if (resource instanceof Group) {
            resource.children.forEach(child -> collect(child, wanted, into));
        } else if (wanted.test(resource)) {
            into.add(resource.id);
        }
    }

    private static boolean isRunning(Resource resource, @Nullable Node node) {
        if (resource instanceof Bundle bundle) {
            // What runs in the containers counts, not the containers
            return bundle.replicas.stream()
                    .map(replica -> replica.child)
                    .filter(Objects::nonNull)
                    .anyMatch(child -> isRunning(child, node));
        }
        if (!resource.children.isEmpty()) {
            return resource.children.stream().anyMatch(child -> isRunning(child, node));
        }
        return node == null
                ? !resource.active.isEmpty()
                : resource.active.stream().anyMatch(place -> place.name.equals(node.name));
    }

    private static boolean staysOn(Resource resource, @Nullable Node node) {
        if (!resource.children.isEmpty()) {
            return resource.children.stream().anyMatch(child -> staysOn(child, node));
        }
        if (!resource.is(ResourceFlag.MANAGED)) {
            return isRunning(resource, node);
        }
        Node assigned = resource.assignedNode();
        return assigned != null
                && resource.nextRole.compareTo(Role.STOPPED) > 0
                && (node == null || assigned.name.equals(node.name));
    }

    private static List<String> without(List<String> all, List<String> others) {
        return all.stream().filter(one -> !others.contains(one)).toList();
    }
}

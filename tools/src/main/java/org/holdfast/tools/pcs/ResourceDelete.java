package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code pcs resource delete}. */
final class ResourceDelete {

    private static final long STOP_SECONDS = 3600;

    private ResourceDelete() {}

    static void run(PcsRun run, List<String> arguments) {
        PcsOptions options = run.options();
        options.allowOnly("-f", "--force", "--future", "--no-stop");
        options.exclusive("-f", "--no-stop");
        if (arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        unique(arguments);
        CibEditor cib = run.cib();
        Set<String> missing = new TreeSet<>();
        Set<String> stonith = new TreeSet<>();
        for (String id : arguments) {
            Item resource = cib.resource(id);
            if (resource == null) {
                missing.add(id);
            } else if (StonithCheck.isStonith(resource)) {
                stonith.add(id);
            }
        }
        if (!missing.isEmpty()) {
            throw PcsFailure.usage(
                    "Unable to find "
                            + Words.plural(missing, "resource")
                            + ": "
                            + Words.list(missing));
        }
        if (!stonith.isEmpty()) {
            throw PcsFailure.usage(
                    "This command cannot remove stonith "
                            + Words.plural(stonith, "resource")
                            + ": "
                            + Words.list(stonith)
                            + ". Use 'pcs stonith remove' instead.");
        }
        removeStopped(run, arguments);
    }

    static void unique(List<String> arguments) {
        Set<String> seen = new LinkedHashSet<>();
        Set<String> twice = new TreeSet<>();
        for (String argument : arguments) {
            if (!seen.add(argument)) {
                twice.add(argument);
            }
        }
        if (!twice.isEmpty()) {
            throw PcsFailure.usage(
                    "duplicate " + Words.plural(twice, "argument") + ": " + Words.list(twice));
        }
    }

    private static void removeStopped(PcsRun run, List<String> ids) {
        CibEditor cib = run.cib();
        Console console = run.console();
        PcsOptions options = run.options();
        boolean live = cib.isLive();
        if (!live) {
            console.warn(
                    "Resources are not going to be stopped before deletion because the command does"
                            + " not run on a live cluster");
        }
        boolean stop = live && !options.has("--no-stop");
        if (stop && options.force() && !options.has("--future")) {
            console.deprecated(
                    "Using '--force' to skip resource stopping is deprecated and will be removed in"
                            + " a future release. Specify '--future' to switch to the future"
                            + " behavior and use '--no-stop' to skip resource stopping.");
            stop = false;
        }
        if (stop) {
            stopFirst(run, ids);
        }
        References.Removal removal = References.remove(cib, ids);
        List<String> checked = new ArrayList<>();
        for (Item resource : removal.resources()) {
            checkNode(console, resource);
            if (!StonithCheck.isStonith(resource)) {
                checked.add(resource.id());
            }
        }
        if (!live && !checked.isEmpty()) {
            console.warn(
                    "Not checking if "
                            + Words.plural(checked, "resource")
                            + " "
                            + Words.list(checked)
                            + " "
                            + Words.plural(checked, "is")
                            + " stopped before deletion because the command does not run on a live"
                            + " cluster. Deleting unstopped resources may result in orphaned"
                            + " resources being present in the cluster.");
        }
        console.stopOnErrors();
        removal.messages().forEach(console::info);
        cib.push();
    }

    private static void checkNode(Console console, Item resource) {
        if (resource.is("primitive") && !resource.meta("remote-node", "").isEmpty()) {
            console.error(
                    "this command is not sufficient for removing a guest node: '"
                            + resource.id()
                            + "', use 'pcs cluster node remove-guest'");
        }
        if (resource.is("primitive")
                && AgentName.of(resource).full().equals("ocf:pacemaker:remote")) {
            console.error(
                    "this command is not sufficient for removing a remote node: '"
                            + resource.id()
                            + "', use 'pcs cluster node remove-remote'");
        }
    }

    /** Disables resources in the running cluster and waits until they have stopped. */
    private static void stopFirst(PcsRun run, List<String> ids) {
        CibEditor stopping = new CibEditor(new LiveCib(run.context().cluster()));
        run.console()
                .info(
                        "Stopping "
                                + Words.plural(ids, "resource")
                                + " "
                                + Words.list(ids)
                                + " before deletion");
        for (String id : ids) {
            Item resource = stopping.resource(id);
            if (resource != null) {
                stopping.updateFirstSet(
                        resource, "meta_attributes", Map.of("target-role", "Stopped"));
            }
        }
        stopping.push();
        if (run.context().cluster() != null) {
            WaitForIdle.run(run.context().cluster(), STOP_SECONDS);
        }
    }
}

package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code pcs resource create}. */
final class ResourceCreate {

    private static final String WAIT_DEPRECATED =
            "Using '--wait' is deprecated. Instead, use the 'pcs status wait' command to wait for the"
                    + " cluster to settle into stable state. Use the 'pcs status query resource'"
                    + " commands to verify that the resource is in the expected state after the"
                    + " wait.";

    private final PcsRun run;
    private final Console console;
    private final PcsOptions options;
    private final CreateArguments parts;

    private ResourceCreate(PcsRun run, CreateArguments parts) {
        this.run = run;
        this.console = run.console();
        this.options = run.options();
        this.parts = parts;
    }

    static void run(PcsRun run, List<String> arguments) {
        PcsOptions options = run.options();
        boolean future = options.has("--future");
        if (future) {
            options.allowOnly(
                    "--agent-validation",
                    "--force",
                    "--disabled",
                    "--no-default-ops",
                    "--wait",
                    "-f",
                    "--future");
        } else {
            options.allowOnly(
                    "--agent-validation",
                    "--force",
                    "--disabled",
                    "--no-default-ops",
                    "--wait",
                    "-f",
                    "--future",
                    "--before",
                    "--after",
                    "--group");
        }
        if (arguments.size() < 2) {
            throw PcsFailure.usage();
        }
        CreateArguments parts = CreateArguments.parse(run, arguments.subList(2, arguments.size()));
        parts.check(future);
        new ResourceCreate(run, parts).create(arguments.get(0), arguments.get(1));
    }

    static void warnWait(PcsRun run) {
        if (run.options().has("--wait")) {
            run.console().deprecated(WAIT_DEPRECATED);
        }
    }

    private void create(String id, String agentName) {
        warnWait(run);
        AgentName name = agentName.contains(":") ? parse(agentName) : find(agentName);
        if (name.isStonith()) {
            console.error(
                    "This command does not accept stonith resource. Use 'pcs stonith create'"
                            + " command instead.");
            throw PcsFailure.errorsOccurred();
        }
        Agent agent = load(name, options.force(), console, run);
        checkPromotion(agent);
        WaitForIdle.check(run);
        CibEditor cib = run.cib();
        checkSpecialCases(name);
        CreateArguments.Clone clone = parts.cloneOrPromotable();
        if (clone != null) {
            createClone(cib, agent, id, clone);
        } else if (parts.bundle() != null) {
            createInBundle(cib, agent, id, parts.bundle());
        } else if (parts.group() != null) {
            createInGroup(cib, agent, id, parts.group());
        } else {
            disableIfAsked(cib, primitive(cib, agent, id));
        }
        cib.push();
        WaitForIdle.run(run);
    }

    private Item primitive(CibEditor cib, Agent agent, String id) {
        return PrimitiveMaker.create(
                run,
                cib,
                agent,
                id,
                "resource",
                parts.operations(),
                parts.meta(),
                parts.attributes());
    }

    private void disableIfAsked(CibEditor cib, Item resource) {
        if (options.has("--disabled")) {
            cib.updateFirstSet(resource, "meta_attributes", Map.of("target-role", "Stopped"));
        }
    }

    private void createClone(CibEditor cib, Agent agent, String id, CreateArguments.Clone clone) {
        String cloneId = clone.id();
        if (cloneId != null) {
            String bad = Words.badId(cloneId, "id");
            if (bad != null) {
                console.error(bad);
            }
            if (cib.idExists(cloneId)) {
                console.error("'" + cloneId + "' already exists");
            }
        }
        if (clone.meta().values().stream().anyMatch(value -> !value.isEmpty())) {
            console.warn(ResourceMeta.notValidated("clone"));
        }
        console.stopOnErrors();
        Item primitive = primitive(cib, agent, id);
        Item element =
                cib.resources()
                        .append(
                                new Item(
                                        "clone",
                                        "id",
                                        cloneId != null ? cloneId : cib.uniqueId(id + "-clone")));
        element.append(primitive);
        if (!clone.meta().isEmpty()) {
            cib.appendSet(element, "meta_attributes", clone.meta());
        }
        disableIfAsked(cib, element);
    }

    private void createInGroup(CibEditor cib, Agent agent, String id, CreateArguments.Group group) {
        Item adjacent = null;
        if (group.adjacent() != null) {
            adjacent = cib.find(group.adjacent());
            if (adjacent == null) {
                console.error("'" + group.adjacent() + "' does not exist");
                throw PcsFailure.errorsOccurred();
            }
        }
        Item element = cib.find(group.id());
        if (element == null) {
            String bad = Words.badId(group.id(), "group name");
            if (bad != null) {
                console.error(bad);
            }
            element = cib.resources().append(new Item("group", "id", group.id()));
        }
        Item primitive = primitive(cib, agent, id);
        disableIfAsked(cib, primitive);
        ResourceGroup.checkMove(console, element, List.of(primitive), adjacent);
        console.stopOnErrors();
        ResourceGroup.move(element, List.of(primitive), adjacent, group.after());
    }

    private void createInBundle(CibEditor cib, Agent agent, String id, String bundleId) {
        Item bundle = cib.resource(bundleId);
        if (bundle == null || !bundle.is("bundle")) {
            Item other = cib.find(bundleId);
            if (other == null) {
                throw PcsFailure.error("bundle '" + bundleId + "' does not exist");
            }
            throw PcsFailure.error("'" + bundleId + "' is not a bundle");
        }
        Item network = bundle.first("network");
        boolean reachable =
                network != null && (network.has("control-port") || network.has("ip-range-start"));
        Item primitive = primitive(cib, agent, id);
        if (!reachable) {
            console.errorUnless(
                    options.force(),
                    "Resource '"
                            + id
                            + "' will not be accessible by the cluster inside bundle '"
                            + bundleId
                            + "', at least one of bundle options 'control-port' or"
                            + " 'ip-range-start' has to be specified");
        }
        disableIfAsked(cib, primitive);
        Item inner = bundle.first("primitive");
        if (inner != null) {
            throw PcsFailure.error(
                    "bundle '"
                            + bundleId
                            + "' already contains resource '"
                            + inner.id()
                            + "', a bundle may contain at most one resource");
        }
        console.stopOnErrors();
        bundle.append(primitive);
    }

    private void checkPromotion(Agent agent) {
        CreateArguments.Clone clone = parts.cloneOrPromotable();
        if (clone == null) {
            return;
        }
        AgentName name = agent.name();
        if (!name.standard().equals("ocf")) {
            for (String option : List.of("globally-unique", "promotable")) {
                if (Words.isTrue(clone.meta().getOrDefault(option, "0"))) {
                    console.error(incompatible(option, name));
                }
            }
        } else if (agent.ocfVersion().equals("1.1")
                && Words.isTrue(clone.meta().getOrDefault("promotable", "0"))
                && !agent.providesPromotion()) {
            console.errorUnless(options.force(), incompatible("promotable", name));
        }
        console.stopOnErrors();
    }

    static String incompatible(String option, AgentName name) {
        return "Clone option '"
                + option
                + "' is not compatible with '"
                + name.full()
                + "' resource agent";
    }

    private void checkSpecialCases(AgentName name) {
        if (name.full().equals("ocf:pacemaker:remote")) {
            console.errorUnless(
                    options.force(),
                    "this command is not sufficient for creating a remote connection, use 'pcs"
                            + " cluster node add-remote'");
        }
        ResourceMeta.checkGuest(run, parts.meta(), false);
        console.stopOnErrors();
    }

    private AgentName parse(String agentName) {
        try {
            return AgentName.parse(agentName);
        } catch (PcsFailure failure) {
            console.error(String.valueOf(failure.getMessage()));
            throw PcsFailure.errorsOccurred();
        }
    }

    private AgentName find(String type) {
        List<AgentName> found = findAll(run, type);
        if (found.isEmpty()) {
            console.error("Unable to find agent '" + type + "', try specifying its full name");
            throw PcsFailure.errorsOccurred();
        }
        if (found.size() > 1) {
            List<String> names = found.stream().map(AgentName::full).toList();
            console.error(
                    "Multiple agents match '"
                            + type
                            + "', please specify full name: "
                            + Words.listOr(names));
            throw PcsFailure.errorsOccurred();
        }
        console.info(
                "Assumed agent name '"
                        + found.getFirst().full()
                        + "' (deduced from '"
                        + type
                        + "')");
        return found.getFirst();
    }

    /** Every agent of that name, whatever its standard, letter case aside. */
    static List<AgentName> findAll(PcsRun run, String type) {
        List<AgentName> found = new ArrayList<>();
        for (String provider : run.agents().ocfProviders()) {
            match(run, found, "ocf", provider, type);
        }
        match(run, found, "lsb", "", type);
        List<AgentName> units = new ArrayList<>();
        match(run, units, "systemd", "", type);
        // A service is whatever the machine's init system starts.
        units.forEach(unit -> found.add(new AgentName("service", "", unit.type())));
        found.addAll(units);
        return found;
    }

    private static void match(
            PcsRun run, List<AgentName> found, String standard, String provider, String type) {
        for (String candidate : run.agents().types(standard, provider)) {
            if (candidate.equalsIgnoreCase(type)) {
                found.add(new AgentName(standard, provider, candidate));
            }
        }
    }

    /** The agent; one without a description if it has none and the user forces it. */
    static Agent load(AgentName name, boolean force, Console console, PcsRun run) {
        Agent agent = Agent.load(run.agents(), name);
        String problem = null;
        if (agent == null) {
            problem = notFound(name);
        } else if (!Set.of("1.0", "1.1").contains(agent.ocfVersion())) {
            problem =
                    "Unable to process agent '"
                            + name.full()
                            + "' as it implements unsupported OCF version '"
                            + agent.ocfVersion()
                            + "', supported versions are: '1.0', '1.1'";
        }
        if (problem != null) {
            console.errorUnless(force, problem);
            if (!force) {
                throw PcsFailure.errorsOccurred();
            }
            return Agent.unknown(name);
        }
        return agent == null ? Agent.unknown(name) : agent;
    }

    static String notFound(AgentName name) {
        return "Agent '"
                + name.full()
                + "' is not installed or does not provide valid metadata: crm_resource: Metadata"
                + " query for "
                + name.full()
                + " failed: No such device or address, Error performing operation: No such object";
    }
}

package org.holdfast.tools.pcs;

/** The tree of every command of pcs. */
final class Commands {

    /** First words. */
    static final java.util.List<String> AREAS =
            java.util.List.of(
                    "resource",
                    "constraint",
                    "property",
                    "node",
                    "status",
                    "cluster",
                    "quorum",
                    "stonith");

    private static final String REPLACED = "This command has been replaced with ";

    private Commands() {}

    static Command root() {
        return new Router(null)
                .add("help", (run, _) -> run.console().print(Usage.of(java.util.List.of())))
                .add("resource", resource())
                .add("constraint", constraint())
                .add("property", property())
                .add("node", node())
                .add("status", status())
                .add("cluster", cluster())
                .add("quorum", quorum())
                .add("stonith", stonith());
    }

    private static Command status() {
        return new Router("status", "status")
                .add("help", help("status"))
                .add("status", Status::full)
                .add("cluster", Status::cluster)
                .add("nodes", Status::nodes)
                .add("corosync", Status::corosync)
                .add("quorum", Status::quorum)
                .add("resources", Status::resources)
                .add("wait", Status::waitUntilIdle);
    }

    private static Command cluster() {
        return new Router(null, "cluster")
                .add("help", help("cluster"))
                .add("status", Status::cluster)
                .add("start", ClusterCommands::start)
                .add("stop", ClusterCommands::stop)
                .add("standby", replaced("pcs node standby"))
                .add("unstandby", replaced("pcs node unstandby"));
    }

    private static Command quorum() {
        return new Router("config", "quorum")
                .add("help", help("quorum"))
                .add("status", Status::quorum);
    }

    private static Command stonith() {
        return new Router("status", "stonith")
                .add("help", help("stonith"))
                .add("status", Status::stonith)
                .add("config", ResourceConfig::stonith);
    }

    private static Command resource() {
        return new Router("status", "resource")
                .add("help", help("resource"))
                .add("create", ResourceCreate::run)
                .add("delete", ResourceDelete::run)
                .add("remove", ResourceDelete::run)
                .add("enable", ResourceSwitches::enable)
                .add("disable", ResourceSwitches::disable)
                .add("manage", ResourceSwitches::manage)
                .add("unmanage", ResourceSwitches::unmanage)
                .add("meta", ResourceMeta::run)
                .add("update", ResourceUpdate::run)
                .add("clone", ResourceClone::clone)
                .add("promotable", ResourceClone::promotable)
                .add("unclone", ResourceClone::unclone)
                .add("cleanup", ResourceCleanup::cleanup)
                .add("refresh", ResourceCleanup::refresh)
                .add(
                        "op",
                        new Router(null, "resource", "op")
                                .add("add", ResourceOperations::add)
                                .add("delete", ResourceOperations::remove)
                                .add("remove", ResourceOperations::remove))
                .add("config", ResourceConfig::run)
                .add("status", Status::resources)
                .add(
                        "group",
                        new Router(null, "resource", "group")
                                .add("add", ResourceGroup::add)
                                .add("list", ResourceGroup::list)
                                .add("remove", ResourceGroup::remove)
                                .add("delete", ResourceGroup::remove))
                .add("ungroup", ResourceGroup::remove);
    }

    private static Command constraint() {
        return new Router("config", "constraint")
                .add("help", help("constraint"))
                .add("location", ConstraintLocation::run)
                .add("order", ConstraintOrder::run)
                .add(
                        "colocation",
                        new Router("config", "constraint", "colocation")
                                .add("add", ConstraintColocation::add)
                                .add("set", ConstraintSets::colocation)
                                .add("remove", ConstraintColocation::remove)
                                .add("delete", ConstraintColocation::remove)
                                .add("show", replaced("pcs constraint colocation config"))
                                .add("config", ConstraintConfig.of("colocation")))
                .add(
                        "ticket",
                        new Router("config", "constraint", "ticket")
                                .add("set", ConstraintSets::ticket)
                                .add("add", ConstraintTicket::add)
                                .add("delete", ConstraintTicket::remove)
                                .add("remove", ConstraintTicket::remove)
                                .add("show", replaced("pcs constraint ticket config"))
                                .add("config", ConstraintConfig.of("ticket")))
                .add("remove", ConstraintRemove::run)
                .add("delete", ConstraintRemove::run)
                .add("show", replaced("pcs constraint config"))
                .add("list", replaced("pcs constraint config"))
                .add("config", ConstraintConfig.of("all"))
                .add("ref", ConstraintRemove::references)
                .add(
                        "rule",
                        (_, _) -> {
                            throw PcsFailure.usage(
                                    "This command has been removed. See 'man pcs' -> Changes in"
                                            + " pcs-0.12.");
                        });
    }

    private static Command property() {
        return new Router("config", "property")
                .add("help", help("property"))
                .add("set", PropertySet::set)
                .add("unset", PropertySet::unset)
                .add("config", PropertyConfig::config)
                .add("list", replaced("pcs property config"))
                .add("show", replaced("pcs property config"))
                .add("defaults", PropertyConfig::defaults)
                .add("describe", PropertyConfig::describe);
    }

    private static Command node() {
        return new Router(null, "node")
                .add("help", help("node"))
                .add("standby", NodeSwitches::standby)
                .add("unstandby", NodeSwitches::unstandby)
                .add("maintenance", NodeSwitches::maintenance)
                .add("unmaintenance", NodeSwitches::unmaintenance)
                .add("attribute", NodeAttributes::attribute)
                .add("utilization", NodeAttributes::utilization);
    }

    static Command replaced(String by) {
        return (_, _) -> {
            throw PcsFailure.usage(
                    REPLACED + "'" + by + "'. See 'man pcs' -> Changes in pcs-0.12.");
        };
    }

    private static Command help(String area) {
        return (run, arguments) -> {
            java.util.List<String> words = new java.util.ArrayList<>();
            words.add(area);
            words.addAll(arguments);
            run.console().print(Usage.of(words));
        };
    }
}

package org.holdfast.tools.resource;

import org.holdfast.cib.value.IntegerText;
import org.holdfast.tools.crm.frame.OptionChecks;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.options.OptionList;

/** The options of crm_resource. */
final class ResourceOptions {

    private ResourceOptions() {}

    static OptionSpec spec() {
        OptionSpec spec =
                new OptionSpec("Perform tasks related to cluster resources")
                        .helpOn(
                                "additional",
                                "advanced",
                                "commands",
                                "locations",
                                "output",
                                "queries")
                        .withOutput()
                        .inUsersLocale()
                        .takingRest()
                        .glued("GHINSTdginpstuvx")
                        .flag("quiet", 'Q', "Be less descriptive")
                        .value("resource", 'r', "ID", "The resource");
        checks(spec);
        queries(spec);
        commands(spec);
        return details(spec);
    }

    private static void checks(OptionSpec spec) {
        OptionSpec.Check level =
                OptionChecks.saying(
                        "Invalid check level setting: %s",
                        text -> {
                            IntegerText number = IntegerText.read(text, 0);
                            return number.ok() && number.value() <= Integer.MAX_VALUE;
                        });
        spec.check("validate", level)
                .check("force-check", level)
                .check("list-options", OptionChecks.parsedBy(ResourceOptions::hasOptions))
                .check("option", OptionChecks.parsedBy(OptionChecks::isPair))
                .check("timeout", OptionChecks.parsedBy(OptionChecks::isTime));
    }

    private static boolean hasOptions(String kind) {
        OptionList list = OptionList.named(kind);
        return list != null && list != OptionList.CLUSTER;
    }

    private static void queries(OptionSpec spec) {
        spec.flag("list", 'L', "Show all resources with their state")
                .flag("list-raw", 'l', "Show the ids of all resources that have no parts")
                .flag("list-cts", 'c', "")
                .flag("list-operations", 'O', "Show the operations that led to the present state")
                .flag("list-all-operations", 'o', "Show all operations in the history")
                .flag("list-standards", '\0', "Show the standards that agents can follow")
                .flag("list-ocf-providers", '\0', "Show the providers of OCF agents")
                .value("list-agents", '\0', "STD:PROV", "Show the agents of a standard")
                .value("list-ocf-alternatives", '\0', "AGENT", "Show the providers of an agent")
                .value(
                        "list-options",
                        '\0',
                        "TYPE",
                        "Show all options of a type: primitive, fencing")
                .flag("all", '\0', "With --list-options: the advanced and deprecated ones too")
                .value("show-metadata", '\0', "SPEC", "Show what an agent says of itself")
                .flag("query-xml", 'q', "Show a resource's configuration, templates filled in")
                .flag("query-xml-raw", 'w', "Show a resource's configuration as it was written")
                .value("get-parameter", 'g', "PARAM", "Show a parameter")
                .flag("locate", 'W', "Show where a resource is")
                .flag("constraints", 'a', "Show the constraints of a resource")
                .flag("stack", 'A', "As --constraints --recursive")
                .flag("why", 'Y', "Show why a resource is not running");
    }

    private static void commands(OptionSpec spec) {
        spec.optionalValue("validate", '\0', "LEVEL", "Have the agent check its parameters")
                .flag("cleanup", 'C', "Forget failures")
                .flag("refresh", 'R', "Forget the history and check the state again")
                .value("set-parameter", 'p', "PARAM", "Set a parameter to the value of -v")
                .value("delete-parameter", 'd', "PARAM", "Remove a parameter")
                .flag("move", 'M', "Move a resource by a constraint")
                .flag("ban", 'B', "Keep a resource off a node by a constraint")
                .flag("clear", 'U', "Remove the constraints made by --move and --ban")
                .flag("expired", 'e', "With --clear: only those whose time is over")
                .value("lifetime", 'u', "TIMESPEC", "How long the constraint is to last")
                .flag("promoted", '\0', "The constraint is for the promoted role only")
                .flag("master", '\0', "The old name of --promoted")
                .flag("delete", 'D', "Remove a resource from the configuration")
                .flag("fail", 'F', "Tell the cluster that a resource has failed")
                .flag("restart", '\0', "Stop a resource and start it again")
                .flag("wait", '\0', "Wait until the cluster has nothing left to do")
                .flag("digests", '\0', "Show the digests of a resource's parameters")
                .flag("force-demote", '\0', "Demote a resource on this node")
                .flag("force-stop", '\0', "Stop a resource on this node")
                .flag("force-start", '\0', "Start a resource on this node")
                .flag("force-promote", '\0', "Promote a resource on this node")
                .optionalValue("force-check", '\0', "LEVEL", "Check a resource on this node");
    }

    private static OptionSpec details(OptionSpec spec) {
        return spec.value("node", 'N', "NAME", "The node")
                .value("host-uname", 'H', "NAME", "")
                .flag("recursive", '\0', "Follow colocations")
                .value("resource-type", 't', "ELEMENT", "With -D: the resource's XML element")
                .value("parameter-value", 'v', "VALUE", "With -p: the value")
                .flag("meta", 'm', "A meta-attribute")
                .flag("utilization", 'z', "A utilization attribute")
                .flag("element", '\0', "An attribute of the XML element")
                .value("operation", 'n', "OPERATION", "With -C: only failures of this operation")
                .value("interval", 'I', "N", "With -n: the operation's interval")
                .value("class", '\0', "CLASS", "With --validate: the agent's standard")
                .value("agent", '\0', "AGENT", "With --validate: the agent")
                .value("provider", '\0', "PROVIDER", "With --validate: the agent's provider")
                .value("option", '\0', "NAME=VALUE", "With --validate: a parameter")
                .value("set-name", 's', "ID", "Id of the set of attributes")
                .value("nvpair", 'i', "ID", "Id of the name-value pair")
                .value("timeout", 'T', "N", "End after this time")
                .flag("force", 'f', "Do it although something speaks against it");
    }
}

package org.holdfast.tools.resource;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What crm_resource can be asked to do. */
enum ResourceCommand {
    BAN(Needs.ONE, Match.ANONYMOUS, "ban"),
    CLEANUP(Needs.CLUSTER, Match.ANONYMOUS, "cleanup"),
    CLEAR(Needs.ONE, Match.ANONYMOUS, "clear"),
    CONSTRAINTS(Needs.ONE, Match.ANONYMOUS, "constraints", "stack"),
    CTS(Needs.STATUS, Match.NONE, "list-cts"),
    DELETE(Needs.CIB_AND_RESOURCE, Match.NONE, "delete"),
    DELETE_PARAMETER(Needs.ONE, Match.BASE, "delete-parameter"),
    DIGESTS(Needs.ONE_ON_NODE, Match.ANONYMOUS, "digests"),
    EXECUTE(
            Needs.ONE,
            Match.ANONYMOUS,
            "force-demote",
            "force-promote",
            "force-start",
            "force-stop",
            "force-check",
            "validate"),
    FAIL(Needs.CLUSTER_ON_NODE, Match.HISTORY, "fail"),
    GET_PARAMETER(Needs.ONE, Match.BASE, "get-parameter"),
    ACTIVE_OPERATIONS(Needs.STATUS, Match.NONE, "list-operations"),
    ALL_OPERATIONS(Needs.STATUS, Match.NONE, "list-all-operations"),
    LIST_AGENTS(Needs.NOTHING, Match.NONE, "list-agents"),
    LIST_ALTERNATIVES(Needs.NOTHING, Match.NONE, "list-ocf-alternatives"),
    LIST_OPTIONS(Needs.NOTHING, Match.NONE, "list-options"),
    LIST_PROVIDERS(Needs.NOTHING, Match.NONE, "list-ocf-providers"),
    LIST_STANDARDS(Needs.NOTHING, Match.NONE, "list-standards"),
    LIST_INSTANCES(Needs.STATUS, Match.NONE, "list-raw"),
    LIST(Needs.STATUS, Match.NONE, "list"),
    LOCATE(Needs.ONE, Match.ANONYMOUS, "locate"),
    METADATA(Needs.NOTHING, Match.NONE, "show-metadata"),
    MOVE(Needs.ONE, Match.ANONYMOUS, "move"),
    QUERY_XML(Needs.ONE, Match.BASE, "query-xml"),
    QUERY_XML_RAW(Needs.ONE, Match.BASE, "query-xml-raw"),
    REFRESH(Needs.CLUSTER, Match.ANONYMOUS, "refresh"),
    RESTART(Needs.ONE, Match.ANONYMOUS, "restart"),
    SET_PARAMETER(Needs.ONE, Match.BASE, "set-parameter"),
    WAIT(Needs.CIB, Match.NONE, "wait"),
    WHY(Needs.STATUS, Match.ANONYMOUS, "why");

    /** What must be there before a command can run. */
    enum Needs {
        NOTHING,
        CIB,
        CIB_AND_RESOURCE,
        /** The cluster's status. */
        STATUS,
        /** The status and one resource. */
        ONE,
        ONE_ON_NODE,
        /** The status and the running cluster. */
        CLUSTER,
        CLUSTER_ON_NODE
    }

    /** How the resource's id is understood, besides literally and as in the history. */
    enum Match {
        /** The command does not look the resource up. */
        NONE,
        HISTORY,
        /** Without the number of an instance of an anonymous clone. */
        ANONYMOUS,
        /** Without the number of an instance of any clone. */
        BASE
    }

    private static final Set<ResourceCommand> NOT_FOR_INSTANCES =
            EnumSet.of(BAN, CLEAR, DELETE, MOVE, RESTART);

    private final Needs needs;
    private final Match match;
    private final List<String> options;

    ResourceCommand(Needs needs, Match match, String... options) {
        this.needs = needs;
        this.match = match;
        this.options = List.of(options);
    }

    Match match() {
        return match;
    }

    boolean needsResource() {
        return switch (needs) {
            case CIB_AND_RESOURCE, ONE, ONE_ON_NODE, CLUSTER_ON_NODE -> true;
            case NOTHING, CIB, STATUS, CLUSTER -> false;
        };
    }

    boolean needsNode() {
        return needs == Needs.ONE_ON_NODE || needs == Needs.CLUSTER_ON_NODE;
    }

    /** Whether the running cluster does the work. */
    boolean needsCluster() {
        return needs == Needs.CLUSTER || needs == Needs.CLUSTER_ON_NODE;
    }

    boolean needsCib() {
        return needs != Needs.NOTHING;
    }

    boolean needsStatus() {
        return needs.compareTo(Needs.STATUS) >= 0;
    }

    boolean rejectsInstances() {
        return NOT_FOR_INSTANCES.contains(this);
    }

    /** Whether arguments that are no options are parameters. */
    boolean takesParameters() {
        return this == DIGESTS || this == EXECUTE;
    }

    /** The command of an option, or null if the option is none. */
    static @Nullable ResourceCommand of(String option) {
        for (ResourceCommand command : values()) {
            if (command.options.contains(option)) {
                return command;
            }
        }
        return null;
    }
}

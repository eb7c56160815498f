package org.holdfast.controlapi;

import java.util.List;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.controlapi.ControlAnswer.CibResult;
import org.holdfast.controlapi.ControlAnswer.Done;
import org.jspecify.annotations.Nullable;

/**
 * Requests that the resource manager answers (the parts that Pacemaker calls the CIB manager,
 * controller, attribute manager and fencer).
 *
 * @param <A> the type of the answer
 */
public sealed interface ManagerRequest<A extends ControlAnswer> extends ControlRequest<A> {

    /** What a CIB operation does, with the meaning that cibadmin(8) gives it. */
    enum CibAction {
        /** Reads; changes nothing. */
        QUERY,
        /** Adds the data; an error if it is there already (cibadmin --create). */
        CREATE,
        /** Merges the data into what is there (cibadmin --modify). */
        MODIFY,
        /** Puts the data in place of what is there (cibadmin --replace). */
        REPLACE,
        /** Removes the one element that the data or the XPath names (cibadmin --delete). */
        DELETE,
        /** Removes every element that matches (cibadmin --delete-all). */
        DELETE_ALL,
        /** Empties the CIB (cibadmin --erase). */
        ERASE,
        /** Rewrites the CIB for the newest schema (cibadmin --upgrade). */
        UPGRADE,
        /** Applies a patchset (cibadmin --patch). */
        PATCH,
        /** Raises the epoch (cibadmin --bump). */
        BUMP
    }

    /** Flags of a CIB operation; the comments give cibadmin's option. */
    enum CibOption {
        /** The section or data is an XPath ({@code --xpath}). */
        XPATH,
        /** Answer from, or change, this node's copy alone ({@code --local}). */
        LOCAL,
        /** Without children ({@code --no-children}). */
        NO_CHILDREN,
        /** MODIFY and REPLACE may create what is missing ({@code --allow-create}). */
        CAN_CREATE,
        /** Values such as {@code score++} are computed ({@code --score}). */
        EXPAND_SCORES,
        /** Do everything but keep the result; answer with it. */
        DRY_RUN,
        /** Force: also without quorum ({@code --force}). */
        QUORUM_OVERRIDE,
        /** A query's result may be answered as the path of what matched ({@code --node-path}). */
        XPATH_ADDRESS
    }

    /**
     * An operation on the CIB.
     *
     * @param action what to do
     * @param section a section's tag ({@code resources}...), an XPath with {@link CibOption#XPATH},
     *     or null for the whole
     * @param data what to add, merge, put in place, match or apply; null where the action takes
     *     none
     * @param options the flags that are set
     * @param onBehalfOf the account whose rights count ({@code --user}), which only root may name;
     *     null for the caller's own
     */
    record CibOperation(
            CibAction action,
            @Nullable String section,
            @Nullable Element data,
            Set<CibOption> options,
            @Nullable Caller onBehalfOf)
            implements ManagerRequest<CibResult> {

        /** An operation with the caller's own rights. */
        public CibOperation(
                CibAction action,
                @Nullable String section,
                @Nullable Element data,
                Set<CibOption> options) {
            this(action, section, data, options, null);
        }

        /** A query of the whole CIB as this node knows it. */
        public static CibOperation queryAll() {
            return new CibOperation(CibAction.QUERY, null, null, Set.of());
        }
    }

    /**
     * Asks for the controller's view: who is DC, what state it is in, which peers it knows
     * (crmadmin, crm_node).
     */
    record ControllerQuery() implements ManagerRequest<ControlAnswer.ControllerStatus> {}

    /** How a transient attribute is changed; the comments give attrd_updater's option. */
    enum AttributeOption {
        /** The name is a POSIX extended regular expression: all that match ({@code --pattern}). */
        PATTERN,
        /** A new attribute is kept in memory, never written to the CIB ({@code --private}). */
        PRIVATE,
        /** A new attribute is a utilization attribute ({@code --utilization}). */
        UTILIZATION,
        /** The dampening is set for an attribute that exists, too ({@code --update-both}). */
        SET_DAMPENING,
        /** The value stays as it is ({@code --update-delay}). */
        KEEP_VALUE,
        /** Answer when every member has taken the change over ({@code --wait=cluster}). */
        WAIT_FOR_ALL
    }

    /**
     * Sets or removes a transient attribute of a node (attrd_updater).
     *
     * @param node the node's name, or null for the node that answers
     * @param attribute the attribute's name, or a pattern
     * @param value the new value, in which {@code value++} and {@code value+=5} count as in
     *     attrd_updater(8); null removes the attribute
     * @param dampeningMillis a new attribute waits this long for further changes before it is
     *     written, from 0; -1 stands for the default, 0
     * @param set id of a new attribute's set, or null for the usual one
     * @param options what else is wanted
     */
    record UpdateAttribute(
            @Nullable String node,
            String attribute,
            @Nullable String value,
            long dampeningMillis,
            @Nullable String set,
            Set<AttributeOption> options)
            implements ManagerRequest<Done> {

        /** Sets an attribute in the usual way; a null value removes it. */
        public static UpdateAttribute of(
                @Nullable String node, String attribute, @Nullable String value) {
            return new UpdateAttribute(node, attribute, value, -1, null, Set.of());
        }
    }

    /**
     * Asks for a transient attribute's values as the attribute manager holds them.
     *
     * @param node one node, or null for all
     * @param attribute the attribute's name
     */
    record QueryAttribute(@Nullable String node, String attribute)
            implements ManagerRequest<ControlAnswer.AttributeValues> {}

    /**
     * Makes the cluster believe that a resource has failed on a node (crm_resource --fail).
     *
     * @param node the node's name
     * @param resource a primitive's id, with an instance number where it has one
     */
    record FailResource(String node, String resource) implements ManagerRequest<Done> {}

    /**
     * Forgets failures or the whole history of resources, so that they are probed again and may run
     * again where they failed (crm_resource --cleanup, --refresh).
     *
     * @param resource a resource's id (a group's or clone's means all within), or null for all
     * @param node a node's name, or null for all
     * @param operation only failures of this operation ({@code monitor}...), or null for all
     * @param intervalMillis with an operation: only that interval; -1 means any
     * @param onlyFailed forget failures only (cleanup); false forgets all history (refresh)
     */
    record CleanHistory(
            @Nullable String resource,
            @Nullable String node,
            @Nullable String operation,
            long intervalMillis,
            boolean onlyFailed)
            implements ManagerRequest<Done> {}

    /**
     * Answers when the cluster has nothing left to do (crm_resource --wait).
     *
     * @param timeoutMillis after that long the answer is {@code Refused} with {@code TIMEOUT}
     */
    record WaitUntilIdle(long timeoutMillis) implements ManagerRequest<Done> {}

    /**
     * Fences a node (stonith_admin --fence, --reboot, --unfence).
     *
     * @param node the target's name
     * @param action {@code off}, {@code reboot} or {@code on}
     * @param timeoutMillis for the whole
     * @param toleranceMillis a success as recent as that counts; 0 for never
     */
    record FenceNode(String node, String action, long timeoutMillis, long toleranceMillis)
            implements ManagerRequest<Done> {}

    /** States that a human made sure that a node is down (stonith_admin --confirm). */
    record ConfirmFenced(String node) implements ManagerRequest<Done> {}

    /**
     * Has all members forget past fencing; null means for every target (stonith_admin --cleanup).
     */
    record ForgetFencing(@Nullable String node) implements ManagerRequest<Done> {}

    /** Asks for past and pending fencing; null means for every target. */
    record FencingHistory(@Nullable String node)
            implements ManagerRequest<ControlAnswer.FencingHistoryAnswer> {}

    /** Makes the cluster forget a node that is down (crm_node --remove). */
    record ForgetNode(String node) implements ManagerRequest<Done> {}

    /**
     * Stops the resource manager of nodes in good order: resources are moved or stopped first. A
     * node whose manager has ended leaves the cluster, and its daemon exits.
     *
     * @param nodes their names; empty for the node that answers
     */
    record ShutDown(List<String> nodes) implements ManagerRequest<Done> {}
}

package org.holdfast.scheduler.model;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * Why an action must happen, need not, or cannot. Made where that is decided, and only while
 * somebody listens ({@link ReasonSink#wanted()}); refers to the working state, so it lives no
 * longer than the run.
 *
 * <p>Families of reasons are interfaces of their own, so that each can be told by a class of its
 * own.
 */
public sealed interface ActionReason {

    /** What was decided. */
    enum Effect {
        REQUIRED,
        NOT_REQUIRED,
        BLOCKED,
        POSSIBLE
    }

    /** A resource's own way from what is to what shall be. */
    sealed interface OfResource extends ActionReason {}

    /** Failures and changes of the configuration, as the history of operations shows them. */
    sealed interface OfHistory extends ActionReason {}

    /** Probes and recurring operations. */
    sealed interface OfOperation extends ActionReason {}

    /** Nodes and the cluster. */
    sealed interface OfNode extends ActionReason {}

    /** Other actions. */
    sealed interface OfActions extends ActionReason {}

    /** The resource shall have another role than now; its placement says why. */
    record RoleChange(Role from, Role to) implements OfResource {}

    /** The resource shall be on another node; its placement says why. */
    record Move(Node from, Node to) implements OfResource {}

    /** The resource was given no node. */
    record NoPlace() implements OfResource {}

    /** An operation of the resource failed, and it is brought up again. */
    record Recovery() implements OfResource {}

    /** The resource is blocked: it would be stopped if anything could be done. */
    record Blocked() implements OfResource {}

    /** The resource is active on more nodes than it may be. */
    record MultiplyActive(List<Node> nodes, MultipleActive policy) implements OfResource {}

    /** It is live migrated: what would be a restart is done by the agent on both nodes. */
    record LiveMigration(Node source, Node target) implements OfResource {}

    /** A migration is half done and cannot go on; what is left of it is stopped. */
    record BrokenMigration(@Nullable Node source, @Nullable Node target) implements OfResource {}

    /** The source of a migration may still run what has come up at the target. */
    record DanglingSource(Node source) implements OfResource {}

    /** A migration was under way from a node that is lost. */
    record MigrationSourceLost(Element entry, Node source) implements OfResource {}

    /** There is no start for a promotion to follow. */
    record NoStart() implements OfResource {}

    /** Nothing may be done with what is not managed. */
    record Unmanaged() implements OfResource {}

    /** A failed operation's {@code on-fail} asks for it. */
    record FailureResponse(Node node, OnFail onFail) implements OfHistory {}

    /** What runs inside the container failed. */
    record InsideFailed(Node node) implements OfHistory {}

    /** An operation was run with other parameters than are configured today. */
    record ParametersChanged(Element entry, Node node, ChangeEffect effect) implements OfHistory {}

    /** What changed parameters lead to. */
    enum ChangeEffect {
        RESTART,
        RELOAD,
        RESCHEDULE,
        CLEAR_FAILURES
    }

    /** What is active was started with another agent. */
    record AgentChanged(Element history, Node node) implements OfHistory {}

    /** What is recorded is of a resource, or an agent, that is no longer configured. */
    record HistoryOutdated(Node node) implements OfHistory {}

    /** A failure counts no longer. */
    record FailureOver(Element entry, Node node, Why why) implements OfHistory {

        /** What ended it. */
        public enum Why {
            EXPIRED,
            RECONNECT,
            PARAMETERS_CHANGED
        }
    }

    /** A removed resource's failures are forgotten with it. */
    record RemovedWithFailures() implements OfHistory {}

    /** The lock to a node that was shut down is over, by time or because it was started. */
    record LockOver(Node node) implements OfHistory {}

    /** The resource's state on the node is not known. */
    record StateUnknown(Node node) implements OfOperation {}

    /** A recurring operation is configured for where and what the resource will be. */
    record OperationDue(String operationId, Role role) implements OfOperation {}

    /** A recurring operation is of another role than the resource will have. */
    record OtherRole(String operationId, Role role) implements OfOperation {}

    /** A recurring operation runs that is no longer configured. */
    record OperationRemoved(Element entry, Node node) implements OfOperation {}

    /** A recurring operation runs while the resource is in maintenance. */
    record Maintenance(Element entry, Node node) implements OfOperation {}

    /** The node is down, about to join, or not there at all. */
    record NodeUnusable(@Nullable Node node, State state) implements OfNode {

        /** Says what is wrong with a node that cannot do anything. */
        public static NodeUnusable of(Node node) {
            if (!node.online) {
                return new NodeUnusable(node, State.OFFLINE);
            }
            return new NodeUnusable(node, node.pending ? State.PENDING : State.UNCLEAN);
        }

        /** What is wrong with the node. */
        public enum State {
            NONE,
            OFFLINE,
            PENDING,
            UNCLEAN,
            HOST_UNFENCED
        }
    }

    /** Quorum is needed and not there. */
    record NoQuorum(ClusterOptions.NoQuorumPolicy policy) implements OfNode {}

    /** The node shuts down. */
    record NodeShutdown(Node node) implements OfNode {}

    /** The node is unclean; see its {@link FenceReason}s. */
    record NodeUnclean(Node node) implements OfNode {}

    /** A fencing device or a resource needs the node to be unfenced. */
    record Unfencing(Node node) implements OfNode {}

    /** A start is on its way and must be done before all else. */
    record StartRequired(Action start) implements OfActions {}

    /**
     * Another action, by way of an ordering.
     *
     * @param rule the bit of {@link OrderingFlag} that was applied
     */
    record Ordered(Action cause, int rule) implements OfActions {}

    /** A resource that this one must be with cannot start or be promoted. */
    record WithBlocked(Action cause, String colocationId) implements OfActions {}

    /** An action of a part of the resource. */
    record OfPart(Action part) implements OfActions {}

    /** Parts of the collective do it. */
    record OfParts() implements OfActions {}

    /** No part of the collective can do it. */
    record NoPart() implements OfActions {}

    /** Too few instances can be active. */
    record TooFewBefore(int wanted) implements OfActions {}

    /** Instances are told of an action. */
    record Notification(Action around) implements OfActions {}

    /** An ordering names something that is not there and will not be. */
    record NothingToFollow(String key) implements OfActions {}
}

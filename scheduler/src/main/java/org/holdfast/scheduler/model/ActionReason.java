package org.holdfast.scheduler.model;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * Why an action must happen, need not, or cannot. Made where that is decided, and only while
 * somebody listens ({@link ReasonSink#wanted()}); refers to the working state, so it lives no
 * longer than the run.
 */
public sealed interface ActionReason {

    /** What was decided. */
    enum Effect {
        REQUIRED,
        NOT_REQUIRED,
        BLOCKED,
        POSSIBLE
    }

    // A resource's own way from what is to what shall be

    /** The resource shall have another role than now; its placement says why. */
    record RoleChange(Role from, Role to) implements ActionReason {}

    /** The resource shall be on another node; its placement says why. */
    record Move(Node from, Node to) implements ActionReason {}

    /** The resource was given no node. */
    record NoPlace() implements ActionReason {}

    /** An operation of the resource failed, and it is brought up again. */
    record Recovery() implements ActionReason {}

    /** The resource is blocked: it would be stopped if anything could be done. */
    record Blocked() implements ActionReason {}

    /** The resource is active on more nodes than it may be. */
    record MultiplyActive(List<Node> nodes, MultipleActive policy) implements ActionReason {}

    /** It is live migrated: what would be a restart is done by the agent on both nodes. */
    record LiveMigration(Node source, Node target) implements ActionReason {}

    /** A migration is half done and cannot go on; what is left of it is stopped. */
    record BrokenMigration(@Nullable Node source, @Nullable Node target) implements ActionReason {}

    /** The source of a migration may still run what has come up at the target. */
    record DanglingSource(Node source) implements ActionReason {}

    /** A migration was under way from a node that is lost. */
    record MigrationSourceLost(Element entry, Node source) implements ActionReason {}

    /** A start is on its way and must be done before all else. */
    record StartRequired(Action start) implements ActionReason {}

    /** There is no start for a promotion to follow. */
    record NoStart() implements ActionReason {}

    /** Nothing may be done with what is not managed. */
    record Unmanaged() implements ActionReason {}

    // Failures and changes of the configuration

    /** A failed operation's {@code on-fail} asks for it. */
    record FailureResponse(Node node, OnFail onFail) implements ActionReason {}

    /** What runs inside the container failed. */
    record InsideFailed(Node node) implements ActionReason {}

    /** An operation was run with other parameters than are configured today. */
    record ParametersChanged(Element entry, Node node, ChangeEffect effect)
            implements ActionReason {}

    /** What changed parameters lead to. */
    enum ChangeEffect {
        RESTART,
        RELOAD,
        RESCHEDULE,
        CLEAR_FAILURES
    }

    /** What is active was started with another agent. */
    record AgentChanged(Element history, Node node) implements ActionReason {}

    /** What is recorded is of a resource, or an agent, that is no longer configured. */
    record HistoryOutdated(Node node) implements ActionReason {}

    /** A failure counts no longer. */
    record FailureOver(Element entry, Node node, Why why) implements ActionReason {

        /** What ended it. */
        public enum Why {
            EXPIRED,
            RECONNECT,
            PARAMETERS_CHANGED
        }
    }

    /** A removed resource's failures are forgotten with it. */
    record RemovedWithFailures() implements ActionReason {}

    /** The lock to a node that was shut down is over, by time or because it was started. */
    record LockOver(Node node) implements ActionReason {}

    // Recurring operations and probes

    /** The resource's state on the node is not known. */
    record StateUnknown(Node node) implements ActionReason {}

    /** A recurring operation is configured for where and what the resource will be. */
    record OperationDue(String operationId, Role role) implements ActionReason {}

    /** A recurring operation is of another role than the resource will have. */
    record OtherRole(String operationId, Role role) implements ActionReason {}

    /** A recurring operation runs that is no longer configured. */
    record OperationRemoved(Element entry, Node node) implements ActionReason {}

    /** A recurring operation runs while the resource is in maintenance. */
    record Maintenance(Element entry, Node node) implements ActionReason {}

    // Nodes and the cluster

    /** The node is down, about to join, or not there at all. */
    record NodeUnusable(@Nullable Node node, State state) implements ActionReason {

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
    record NoQuorum(ClusterOptions.NoQuorumPolicy policy) implements ActionReason {}

    /** The node shuts down. */
    record NodeShutdown(Node node) implements ActionReason {}

    /** The node is unclean; see its {@link FenceReason}s. */
    record NodeUnclean(Node node) implements ActionReason {}

    /** A fencing device or a resource needs the node to be unfenced. */
    record Unfencing(Node node) implements ActionReason {}

    // Other actions

    /**
     * Another action, by way of an ordering.
     *
     * @param rule the bit of {@link OrderingFlag} that was applied
     */
    record Ordered(Action cause, int rule) implements ActionReason {}

    /** A resource that this one must be with cannot start or be promoted. */
    record WithBlocked(Action cause, String colocationId) implements ActionReason {}

    /** An action of a part of the resource. */
    record OfPart(Action part) implements ActionReason {}

    /** Parts of the collective do it. */
    record OfParts() implements ActionReason {}

    /** No part of the collective can do it. */
    record NoPart() implements ActionReason {}

    /** Too few instances can be active. */
    record TooFewBefore(int wanted) implements ActionReason {}

    /** Instances are told of an action. */
    record Notification(Action around) implements ActionReason {}

    /** An ordering names something that is not there and will not be. */
    record NothingToFollow(String key) implements ActionReason {}
}

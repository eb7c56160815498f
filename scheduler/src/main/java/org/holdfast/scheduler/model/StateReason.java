package org.holdfast.scheduler.model;

import org.holdfast.cib.document.Element;

/** What a run found out about a resource that shapes all that is decided for it. */
public sealed interface StateReason {

    /** A history entry counts as a failure, with these consequences. */
    record Failure(Element entry, Node node, OnFail onFail) implements StateReason {}

    /** A stop failed, and fencing, which alone could help, is not possible. */
    record StopFailed(Element entry, Node node) implements StateReason {}

    /** A ticket was lost whose loss-policy is to freeze. */
    record FrozenByTicket(String constraintId, String ticket) implements StateReason {}

    /** It is active on several nodes, and multiple-active says to do nothing. */
    record BlockedByMultiple() implements StateReason {}

    /** Nothing is managed because fencing is enabled and there is no device. */
    record NoFencingDevice() implements StateReason {}

    /** It was active on a node that is in maintenance. */
    record NodeMaintenance(Node node) implements StateReason {}

    /** Without quorum its role may not rise, or must fall, under the policy. */
    record RoleLimitedByQuorum(Role role) implements StateReason {}

    /** The history is of a resource that is no longer configured. */
    record Removed(Node node) implements StateReason {}

    /** What runs on the remote node is to be stopped because that is shutting down. */
    record RemoteShutdown(Node node) implements StateReason {}

    /** A step on the way to an instance's promotion score. */
    record PromotionStep(int before, int after, ScoreReason reason) implements StateReason {}

    /** Whether an instance is promoted, at its turn in the order of promotion scores. */
    record PromotionVerdict(String collective, int score, int promotedMax, Verdict verdict)
            implements StateReason {

        /** How it came off. */
        public enum Verdict {
            PROMOTED,
            NEGATIVE,
            NO_ROOM,
            NO_PLACE,
            FROZEN
        }
    }

    /** Nothing that it must be ordered after can be found where it should go. */
    record NoCompatibleInstance(String collective) implements StateReason {}
}

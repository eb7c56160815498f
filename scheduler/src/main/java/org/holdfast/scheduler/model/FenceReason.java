package org.holdfast.scheduler.model;

/** Why a node must be fenced or unfenced. */
public sealed interface FenceReason {

    /** The words that displays and transition graphs use, as Pacemaker prints them. */
    String text();

    /** What the node's own state, as the cluster sees it, is like. */
    record NodeState(Trouble trouble) implements FenceReason {

        @Override
        public String text() {
            return trouble.text;
        }
    }

    /** What is wrong with a node. */
    enum Trouble {
        NO_QUORUM("cluster does not have quorum"),
        DOWN("peer is unexpectedly down"),
        NEVER_SEEN("peer has not been seen by the cluster"),
        BANNED("peer failed Pacemaker membership criteria"),
        REQUESTED("fencing was requested"),
        LEFT("peer is no longer part of the cluster"),
        PROCESS_GONE("peer process is no longer available"),
        PENDING_TOO_LONG("peer pending timed out on joining the process group"),
        UNKNOWN("peer was in an unknown state");

        private final String text;

        Trouble(String text) {
            this.text = text;
        }
    }

    /** A remote node cannot be reached any more. */
    record RemoteLost(RemoteTrouble trouble) implements FenceReason {

        @Override
        public String text() {
            return trouble.text;
        }
    }

    /** What makes the loss of a connection dangerous. */
    enum RemoteTrouble {
        FAILED("remote connection is unrecoverable"),
        UNRECOVERABLE("the connection is unrecoverable"),
        ACTIVE("resources are active but connection is unrecoverable"),
        UNKNOWN_STATE("resources are in unknown state and connection is unrecoverable");

        private final String text;

        RemoteTrouble(String text) {
            this.text = text;
        }
    }

    /** A resource may be active on a node that is down. */
    record ThoughtActive(Resource resource, boolean revocable) implements FenceReason {

        @Override
        public String text() {
            return revocable
                    ? resource.id
                            + " is active there (fencing will be revoked if remote connection can"
                            + " be re-established elsewhere)"
                    : resource.id + " is thought to be active there";
        }
    }

    /** A resource failed there, and {@code on-fail} (or a failed stop) says to fence. */
    record Failed(Resource resource) implements FenceReason {

        @Override
        public String text() {
            return resource.id + " failed there";
        }
    }

    /** What must be stopped cannot be, since the node does not answer. */
    record StopImpossible(Resource resource) implements FenceReason {

        @Override
        public String text() {
            return "stop is unrunnable";
        }
    }

    /** A ticket was lost whose loss-policy is to fence. */
    record TicketLost(String constraintId, String ticket, Resource resource)
            implements FenceReason {

        @Override
        public String text() {
            return "deadman ticket was lost";
        }
    }

    /** What makes the guest failed. */
    record ContainerFailed(Resource container) implements FenceReason {

        @Override
        public String text() {
            return "container failed";
        }
    }

    /** A fencing device's definition or parameters changed, so it must unfence again. */
    record DeviceChanged(Resource device, DeviceChange change) implements FenceReason {

        @Override
        public String text() {
            return change.text;
        }
    }

    /** How a device changed. */
    enum DeviceChange {
        AGENT("Device definition changed"),
        PARAMETERS("Device parameters changed"),
        RELOAD("Device parameters changed (reload)"),
        RESCHEDULE("Device parameters changed (reschedule)");

        private final String text;

        DeviceChange(String text) {
            this.text = text;
        }
    }

    /** Something may run only on a node that was unfenced since it joined. */
    record UnfencingNeeded(Resource resource, String task) implements FenceReason {

        @Override
        public String text() {
            return "required by " + resource.id + " " + task;
        }
    }
}

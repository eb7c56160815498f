package org.holdfast.totem;

/**
 * A process that entered or left a group, and why.
 *
 * @param member the process
 * @param reason why, with the number that libcpg's {@code cpg_reason_t} gives it
 */
public record GroupChange(GroupMember member, Reason reason) {

    /** Why a process entered or left. */
    public enum Reason {
        /** The process asked to join. */
        JOIN(1),
        /** The process asked to leave. */
        LEAVE(2),
        /** The process's node left the ring. */
        NODE_DOWN(3),
        /** The process's node entered the ring. */
        NODE_UP(4),
        /** The process ended without leaving. */
        PROCESS_DOWN(5);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        /** The value of {@code cpg_reason_t}. */
        public int code() {
            return code;
        }

        /** The reason with this number; a number that is none counts as {@link #LEAVE}. */
        public static Reason ofCode(int code) {
            for (Reason reason : values()) {
                if (reason.code == code) {
                    return reason;
                }
            }
            return LEAVE;
        }
    }
}

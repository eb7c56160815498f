package org.holdfast.scheduler.history;

/** Exit statuses of agents ({@code rc-code}). */
public final class ExitStatus {

    public static final int OK = 0;
    public static final int INVALID_PARAMETER = 2;
    public static final int UNIMPLEMENTED = 3;
    public static final int INSUFFICIENT_PRIVILEGES = 4;
    public static final int NOT_INSTALLED = 5;
    public static final int NOT_CONFIGURED = 6;
    public static final int NOT_RUNNING = 7;
    public static final int RUNNING_PROMOTED = 8;
    public static final int FAILED_PROMOTED = 9;
    public static final int DEGRADED = 190;
    public static final int DEGRADED_PROMOTED = 191;
    public static final int UNKNOWN = 193;

    private ExitStatus() {}

    /** A service that is merely degraded counts as running. */
    public static int effective(int status) {
        return switch (status) {
            case DEGRADED -> OK;
            case DEGRADED_PROMOTED -> RUNNING_PROMOTED;
            default -> status;
        };
    }

    /** As status displays show it. */
    public static String text(int status) {
        return switch (status) {
            case OK -> "OK";
            case INVALID_PARAMETER -> "Invalid parameter";
            case UNIMPLEMENTED -> "Unimplemented";
            case INSUFFICIENT_PRIVILEGES, 77 -> "Insufficient privileges";
            case NOT_INSTALLED -> "Not installed";
            case NOT_CONFIGURED -> "Not configured";
            case NOT_RUNNING -> "Not running";
            case RUNNING_PROMOTED -> "Promoted";
            case FAILED_PROMOTED -> "Failed in promoted role";
            case 64 -> "Incorrect usage";
            case 65 -> "Invalid data given";
            case 66 -> "Input file not available";
            case 67 -> "User does not exist";
            case 68 -> "Host does not exist";
            case 69 -> "Necessary service unavailable";
            case 70 -> "Internal software bug";
            case 71 -> "Operating system error occurred";
            case 72 -> "System file not available";
            case 73 -> "Cannot create output file";
            case 74 -> "I/O error occurred";
            case 75 -> "Temporary failure, try again";
            case 76 -> "Protocol violated";
            case 78 -> "Invalid configuration";
            case 100 -> "Fatal error occurred, will not respawn";
            case 101 -> "System panic required";
            case 102 -> "Not connected";
            case 103 -> "Update was older than existing configuration";
            case 104 -> "Digest mismatch";
            case 105 -> "No such object";
            case 106 -> "Quorum required";
            case 107 -> "Operation not safe";
            case 108 -> "Requested item already exists";
            case 109 -> "Multiple items match request";
            case 110 -> "Requested item has expired";
            case 111 -> "Requested item is not yet in effect";
            case 112 -> "Could not determine status";
            case 113 -> "Not applicable under current conditions";
            case 114 -> "DC is not yet elected";
            case 124 -> "Timeout occurred";
            case DEGRADED -> "Service is active but might fail soon";
            case DEGRADED_PROMOTED -> "Service is promoted but might fail soon";
            case UNKNOWN -> "No exit status available";
            case 1, 255 -> "Error occurred";
            default ->
                    status > 128 && status < 255 ? "Interrupted by signal" : "Unknown exit status";
        };
    }
}

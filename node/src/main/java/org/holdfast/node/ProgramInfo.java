package org.holdfast.node;

import java.util.List;

/**
 * A program that is connected to the daemon, for {@code stats.ipcs}.
 *
 * @param pid its process id
 * @param number tells connections of one process apart
 * @param inGroup whether it uses a process group
 * @param requests frames that came from it
 * @param responses answers that it got
 * @param dispatched messages and news that it got without asking
 * @param unreadBytes what it has not yet read
 * @param waits whether its frames wait now
 * @param refused how often they had to
 */
record ProgramInfo(
        int pid,
        long number,
        boolean inGroup,
        long requests,
        long responses,
        long dispatched,
        int unreadBytes,
        boolean waits,
        long refused) {

    /**
     * All programs.
     *
     * @param open those that are connected
     * @param closed how many were
     */
    record All(List<ProgramInfo> open, long closed) {

        static final All NONE = new All(List.of(), 0);
    }
}

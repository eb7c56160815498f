package org.holdfast.transport.client;

import java.util.List;

/**
 * A group's members as they were at one place in the order, and what has just changed.
 *
 * @param ringNode the node that named the ring in which this holds
 * @param ringSequence the ring's number
 * @param members all processes in the group
 * @param left processes that are no longer in it
 * @param joined processes that are new in it
 */
public record GroupView(
        int ringNode,
        long ringSequence,
        List<Process> members,
        List<Process> left,
        List<Process> joined) {

    private static final int PROCESS_BYTES = 12;

    /**
     * A process in a group.
     *
     * @param reason why it came or went, numbered as libcpg's {@code cpg_reason_t}; 0 for members
     */
    public record Process(int node, int pid, int reason) {}

    int bytes() {
        return 12 + 12 + PROCESS_BYTES * (members.size() + left.size() + joined.size());
    }

    void writeTo(FrameWriter out) {
        out.frame(FrameType.CONFIGURATION, bytes()).putInt(ringNode).putLong(ringSequence);
        for (List<Process> processes : List.of(members, left, joined)) {
            out.putInt(processes.size());
            for (Process process : processes) {
                out.putInt(process.node()).putInt(process.pid()).putInt(process.reason());
            }
        }
    }
}

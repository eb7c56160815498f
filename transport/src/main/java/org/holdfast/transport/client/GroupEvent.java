package org.holdfast.transport.client;

/** What a program in a process group is told, in the order that all members share. */
public sealed interface GroupEvent {

    /** The group's members have changed; the first one contains this program itself. */
    record Configuration(GroupView view) implements GroupEvent {}

    /**
     * A message to the group, this program's own included.
     *
     * @param node the sender's node id
     * @param pid the sender's process id on that node
     * @param payload the message
     */
    record Message(int node, int pid, byte[] payload) implements GroupEvent {}

    /**
     * What was asked cannot be done.
     *
     * @param code as libcpg's {@code cs_error_t} numbers it
     */
    record Refused(int code, String text) implements GroupEvent {}
}

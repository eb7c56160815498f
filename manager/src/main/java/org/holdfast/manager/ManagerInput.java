package org.holdfast.manager;

import java.util.List;
import java.util.SortedMap;
import org.holdfast.cib.document.Element;
import org.holdfast.controlapi.Caller;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.kernel.NodeId;
import org.jspecify.annotations.Nullable;

/** What can happen to the resource manager. */
public sealed interface ManagerInput {

    /**
     * A message of a group that the manager has joined was delivered, in total order with the
     * membership changes of that group. The manager's own messages come back this way too.
     *
     * @param group the CPG group's name
     * @param sender the node that sent it
     * @param pid the process on that node that sent it, as CPG gives it
     * @param bytes the message; the manager does not change it, the driver must not either
     */
    record GroupMessage(String group, NodeId sender, int pid, byte[] bytes)
            implements ManagerInput {}

    /**
     * A CPG configuration change of a group that the manager has joined.
     *
     * @param group the CPG group's name
     * @param members all members after the change
     * @param joined members that are new
     * @param left members that are gone, cleanly or not
     */
    record GroupMembership(
            String group,
            List<GroupMember> members,
            List<GroupMember> joined,
            List<GroupMember> left)
            implements ManagerInput {}

    /**
     * One process in a CPG group.
     *
     * @param node the node
     * @param pid the process on it; a restarted manager should come with another one
     */
    record GroupMember(NodeId node, int pid) {}

    /**
     * The ring or the quorum changed. Comes once after start as well, as soon as the ring is up.
     *
     * @param ringRepresentative the ring id's node
     * @param ringSeq the ring id's sequence number
     * @param quorate whether this partition has quorum
     * @param members the ring's members and their names from corosync.conf
     */
    record QuorumChanged(
            NodeId ringRepresentative,
            long ringSeq,
            boolean quorate,
            SortedMap<NodeId, String> members)
            implements ManagerInput {}

    /**
     * An agent ended that {@link ManagerEffect.RunAgent} started. Comes exactly once for each, also
     * after {@link ManagerEffect.KillAgent}.
     *
     * @param call the id from the effect
     * @param outcome how it ended
     * @param exitCode the agent's exit code when it {@link AgentOutcome#EXITED exited}, else 0
     * @param exitReason what the agent gave as reason ({@code ocf-exit-reason:} on stderr), or ""
     * @param standardOutput what it printed, cut at 64 KiB
     * @param startedEpochSeconds wall time of its start
     */
    record AgentResult(
            long call,
            AgentOutcome outcome,
            int exitCode,
            String exitReason,
            String standardOutput,
            long startedEpochSeconds)
            implements ManagerInput {}

    /**
     * An agent's metadata has come, or will not come.
     *
     * @param call the id from {@link ManagerEffect.DescribeAgent}
     * @param metadata XML, or null if there is no such agent or it did not answer
     */
    record AgentDescribed(long call, @Nullable String metadata) implements ManagerInput {}

    /** How an agent's process ended. */
    enum AgentOutcome {
        /** It ended by itself with an exit code. */
        EXITED,
        /** A signal ended it: the manager's own kill, or another. */
        KILLED,
        /** There is no such agent on this node. */
        NOT_INSTALLED,
        /** It is there, but could not be started (permission, no memory). */
        NOT_EXECUTABLE
    }

    /**
     * A timer that the manager set is due.
     *
     * @param timer the one from {@link ManagerEffect.SetTimer}
     */
    record TimerFired(ManagerTimer timer) implements ManagerInput {}

    /**
     * A tool asks for something.
     *
     * @param client the driver's number for this request; the {@link ManagerEffect.Reply} carries
     *     it back
     * @param caller who asks
     * @param request what it asks for
     */
    record ControlRequested(long client, Caller caller, ManagerRequest<?> request)
            implements ManagerInput {}

    /**
     * A write that the manager asked for is safe on disk. Tickets come back in ascending order.
     *
     * @param ticket the one from {@link ManagerEffect.PersistCib}
     */
    record Persisted(long ticket) implements ManagerInput {}

    /**
     * A transition that the manager asked for.
     *
     * @param transitionId the number from {@link ManagerEffect.PlanTransition}
     * @param graph a {@code transition_graph} element
     */
    record TransitionPlanned(int transitionId, Element graph) implements ManagerInput {}

    /**
     * The planner broke down over a transition that the manager asked for, which is a bug. Nothing
     * is done until something changes.
     *
     * @param transitionId the number from {@link ManagerEffect.PlanTransition}
     * @param why one line for the log
     */
    record PlanningFailed(int transitionId, String why) implements ManagerInput {}

    /** Stop cleanly: resources move away or stop, then {@link ManagerEffect.ReadyToExit} comes. */
    record Shutdown() implements ManagerInput {}
}

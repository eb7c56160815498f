package org.holdfast.manager;

import java.util.SequencedMap;
import org.holdfast.cib.document.Element;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.kernel.LogEvent;
import org.jspecify.annotations.Nullable;

/** What the resource manager wants done, in the order in which it must happen. */
public sealed interface ManagerEffect {

    /**
     * Join a CPG group. Membership and messages of it come as inputs from then on.
     *
     * @param group the group's name
     */
    record JoinGroup(String group) implements ManagerEffect {}

    /**
     * Leave a CPG group.
     *
     * @param group the group's name
     */
    record LeaveGroup(String group) implements ManagerEffect {}

    /**
     * Send a message to all members of a group, this node included, in total order (CPG's agreed
     * delivery). The driver keeps it until the ring takes it; messages of one manager never
     * overtake each other, whatever the group.
     *
     * @param group the group's name
     * @param bytes the message
     */
    record Multicast(String group, byte[] bytes) implements ManagerEffect {}

    /**
     * Start an agent's action. The manager itself watches the time and asks for {@link KillAgent}.
     *
     * @param call id for the {@link ManagerInput.AgentResult}; never used twice
     * @param resource the resource's name, {@code OCF_RESOURCE_INSTANCE}
     * @param standard the agent's class: ocf, lsb, systemd, service, stonith
     * @param provider the OCF provider, or null
     * @param type the agent's name
     * @param action the action's name as the agent is called with it
     * @param parameters the resource's parameters by name, without a prefix; with {@code
     *     CRM_meta_*} among them. OCF agents see each as {@code OCF_RESKEY_name}
     * @param timeoutMillis how long the manager will wait
     * @param intervalMillis a recurring action's interval, 0 for others
     */
    record RunAgent(
            long call,
            String resource,
            String standard,
            @Nullable String provider,
            String type,
            String action,
            SequencedMap<String, String> parameters,
            long timeoutMillis,
            long intervalMillis)
            implements ManagerEffect {}

    /**
     * Ask an agent for its metadata and answer with {@link ManagerInput.AgentDescribed}, once,
     * within half a minute.
     *
     * @param call names the question
     * @param standard the agent's class
     * @param provider the OCF provider, or null
     * @param type the agent's name
     */
    record DescribeAgent(long call, String standard, @Nullable String provider, String type)
            implements ManagerEffect {}

    /**
     * Kill an agent with its whole process group. Its result still comes. Nothing to do if it has
     * ended.
     *
     * @param call the id from {@link RunAgent}
     */
    record KillAgent(long call) implements ManagerEffect {}

    /**
     * Give the timer back as {@link ManagerInput.TimerFired} at a time, not earlier.
     *
     * @param timer which; one that is set already is moved
     * @param deadlineNanos when, on the clock of {@code nowNanos}
     */
    record SetTimer(ManagerTimer timer, long deadlineNanos) implements ManagerEffect {}

    /**
     * Forget a timer; nothing to do if it is not set.
     *
     * @param timer which
     */
    record CancelTimer(ManagerTimer timer) implements ManagerEffect {}

    /**
     * Write the CIB to disk, in full or not at all, and give the ticket back when it is durable. At
     * most one write is asked for at a time.
     *
     * @param ticket ascending number
     * @param cib the document as the file holds it: its status section is empty
     */
    record PersistCib(long ticket, Element cib) implements ManagerEffect {}

    /**
     * Have a transition planned by a {@link TransitionPlanner}, away from the thread that keeps the
     * ring going, and give it back as {@link ManagerInput.TransitionPlanned} or {@link
     * ManagerInput.PlanningFailed}. Only the newest matters: an answer to an earlier one may be
     * left out.
     *
     * @param transitionId the number that the graph gets; ascending
     * @param cib the whole CIB with status
     * @param epochSeconds wall time by which rules and expiries go
     */
    record PlanTransition(int transitionId, Element cib, long epochSeconds)
            implements ManagerEffect {}

    /**
     * Answer a tool.
     *
     * @param client the number from {@link ManagerInput.ControlRequested}
     * @param answer what it asked for, or why not
     */
    record Reply(long client, ControlAnswer answer) implements ManagerEffect {}

    /** A clean stop is done: no resource is active here and the groups are left. */
    record ReadyToExit() implements ManagerEffect {}

    /**
     * A line for the log.
     *
     * @param event the line
     */
    record Log(LogEvent event) implements ManagerEffect {}
}

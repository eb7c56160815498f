package org.holdfast.manager;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.Schemas;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.controlapi.Caller;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerInput.AgentOutcome;
import org.holdfast.manager.ManagerInput.GroupMember;
import org.holdfast.manager.assembly.Manager;
import org.jspecify.annotations.Nullable;

/**
 * Several managers in one process and in virtual time, on a bus that gives each partition a total
 * order, with agents that do what a test wants.
 */
final class TestCluster {

    static final Caller ROOT = new Caller("root", List.of("root"), "cibadmin");
    private static final long MILLI = 1_000_000;
    private static final long WALL_START_MILLIS = 1_800_000_000_000L;

    private record Event(long at, long seq, Runnable run) {}

    /** Decides what an agent's action comes to. */
    interface Agents {
        int rc(TestNode node, ManagerEffect.RunAgent run);
    }

    private final PriorityQueue<Event> queue =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::seq));
    private final SortedMap<NodeId, String> names = new TreeMap<>();
    private final SortedMap<NodeId, TestNode> nodes = new TreeMap<>();
    private final Map<Long, ControlAnswer> answers = new LinkedHashMap<>();
    private final TransitionPlanner planner;
    final List<String> transcript = new ArrayList<>();
    Agents agents = TestNode::defaultRc;
    long agentMillis = 20;
    long planMillis;
    boolean plannerFails;
    BiConsumer<String, byte[]> listener = (_, _) -> {};
    long now;
    private long seq;
    private long lastClient;
    private long ringSeq;
    private int lastPid = 100;

    TestCluster(int size, TransitionPlanner planner) {
        this.planner = planner;
        for (int i = 1; i <= size; i++) {
            names.put(new NodeId(i), "n" + i);
        }
    }

    private ManagerInput outcome(ManagerEffect.PlanTransition plan) {
        int id = plan.transitionId();
        return plannerFails
                ? new ManagerInput.PlanningFailed(id, "told to")
                : new ManagerInput.TransitionPlanned(
                        id, planner.plan(plan.cib(), plan.epochSeconds(), id));
    }

    static NodeId id(int number) {
        return new NodeId(number);
    }

    TestNode node(int number) {
        TestNode node = nodes.get(id(number));
        if (node == null) {
            throw new IllegalStateException("node " + number + " was never started");
        }
        return node;
    }

    List<TestNode> running() {
        return nodes.values().stream().filter(node -> node.up).toList();
    }

    void at(long delayNanos, Runnable run) {
        queue.add(new Event(now + delayNanos, seq++, run));
    }

    void startAll() {
        names.keySet().forEach(node -> start(node.value()));
    }

    void start(int number) {
        NodeId id = id(number);
        TestNode former = nodes.get(id);
        TestNode node =
                new TestNode(
                        this,
                        id,
                        "n" + number,
                        ++lastPid,
                        former == null ? null : former.disk,
                        former == null ? 0 : former.component);
        nodes.put(id, node);
        node.up = true;
        Manager manager =
                new Manager(
                        new ManagerConfig(
                                id, node.pid, names, "test", now + number, number, 4, node.disk),
                        Schemas.NONE);
        node.manager = manager;
        manager.start(now, wallMillis(), node::effect);
        ringChanged();
    }

    /** The node vanishes without a word; writes that were not durable are lost. */
    void crash(int number) {
        TestNode node = node(number);
        node.up = false;
        node.active.clear();
        departed(node);
        ringChanged();
    }

    private void departed(TestNode node) {
        for (String group : List.copyOf(node.groups)) {
            leaveGroup(node, group);
        }
    }

    /** Puts nodes into partitions: each argument is the members of one. */
    void partition(int[]... components) {
        Map<NodeId, Integer> before = new LinkedHashMap<>();
        nodes.values().forEach(node -> before.put(node.id, node.component));
        int component = 0;
        for (int[] members : components) {
            component++;
            for (int member : members) {
                node(member).component = component;
            }
        }
        for (String group : List.of("cib", "attrd", "stonith-ng", "crmd")) {
            for (TestNode node : running()) {
                if (!node.groups.contains(group)) {
                    continue;
                }
                List<GroupMember> joined = new ArrayList<>();
                List<GroupMember> left = new ArrayList<>();
                for (TestNode other : running()) {
                    if (!other.groups.contains(group)) {
                        continue;
                    }
                    boolean together = other.component == node.component;
                    boolean wereTogether = before.get(other.id).equals(before.get(node.id));
                    if (together && !wereTogether) {
                        joined.add(other.member());
                    } else if (!together && wereTogether) {
                        left.add(other.member());
                    }
                }
                if (!joined.isEmpty() || !left.isEmpty()) {
                    List<GroupMember> members = membersOf(group, node.component);
                    at(
                            MILLI,
                            () ->
                                    node.step(
                                            new ManagerInput.GroupMembership(
                                                    group, members, joined, left)));
                }
            }
        }
        ringChanged();
    }

    private void ringChanged() {
        ringSeq += 4;
        long ring = ringSeq;
        for (TestNode node : running()) {
            SortedMap<NodeId, String> members = new TreeMap<>();
            for (TestNode other : running()) {
                if (other.component == node.component) {
                    members.put(other.id, other.name);
                }
            }
            boolean quorate = members.size() * 2 > names.size();
            at(
                    MILLI,
                    () ->
                            node.step(
                                    new ManagerInput.QuorumChanged(
                                            members.firstKey(), ring, quorate, members)));
        }
    }

    List<GroupMember> membersOf(String group, int component) {
        List<GroupMember> members = new ArrayList<>();
        for (TestNode node : running()) {
            if (node.component == component && node.groups.contains(group)) {
                members.add(node.member());
            }
        }
        return members;
    }

    void joinGroup(TestNode node, String group) {
        node.groups.add(group);
        announce(node.component, group, List.of(node.member()), List.of());
    }

    void leaveGroup(TestNode node, String group) {
        node.groups.remove(group);
        announce(node.component, group, List.of(), List.of(node.member()));
    }

    private void announce(
            int component, String group, List<GroupMember> joined, List<GroupMember> left) {
        List<GroupMember> members = membersOf(group, component);
        for (TestNode node : running()) {
            if (node.component == component && node.groups.contains(group)) {
                at(
                        MILLI,
                        () ->
                                node.step(
                                        new ManagerInput.GroupMembership(
                                                group, members, joined, left)));
            }
        }
    }

    void multicast(TestNode sender, String group, byte[] bytes) {
        listener.accept(group, bytes);
        for (TestNode node : running()) {
            if (node.component == sender.component && node.groups.contains(group)) {
                at(
                        MILLI,
                        () ->
                                node.step(
                                        new ManagerInput.GroupMessage(
                                                group, sender.id, sender.pid, bytes)));
            }
        }
    }

    long wallMillis() {
        return WALL_START_MILLIS + now / MILLI;
    }

    /** Runs virtual time on by so many milliseconds. */
    void run(long millis) {
        runUntil(() -> false, millis);
    }

    /** Runs until a condition holds; answers false if it does not within so many milliseconds. */
    boolean runUntil(BooleanSupplier condition, long millis) {
        long end = now + millis * MILLI;
        while (!condition.getAsBoolean()) {
            Event next = queue.peek();
            if (next == null || next.at() > end) {
                now = end;
                return condition.getAsBoolean();
            }
            queue.poll();
            now = next.at();
            next.run().run();
        }
        return true;
    }

    /** Runs until one DC per partition is idle and every node has joined. */
    boolean settle(long millis) {
        return runUntil(this::isSettled, millis);
    }

    boolean isSettled() {
        for (TestNode node : running()) {
            String state = node.manager().controllerState();
            if (!state.equals("S_IDLE") && !state.equals("S_NOT_DC")) {
                return false;
            }
            String dc = node.manager().dc();
            TestNode leader = dc == null ? null : nodes.get(id(Integer.parseInt(dc.substring(1))));
            if (leader == null
                    || !leader.up
                    || leader.component != node.component
                    || !leader.manager().controllerState().equals("S_IDLE")) {
                return false;
            }
        }
        return true;
    }

    long ask(int number, ManagerRequest<?> request) {
        long client = ++lastClient;
        node(number).step(new ManagerInput.ControlRequested(client, ROOT, request));
        return client;
    }

    @Nullable ControlAnswer answer(long client) {
        return answers.get(client);
    }

    void answered(long client, ControlAnswer answer) {
        answers.put(client, answer);
    }

    /** Merges XML into a section of the CIB and waits for the answer. */
    ControlAnswer modify(int number, String section, String xml) {
        return await(
                number,
                new ManagerRequest.CibOperation(
                        ManagerRequest.CibAction.MODIFY,
                        section,
                        parse(xml),
                        Set.of(ManagerRequest.CibOption.CAN_CREATE)));
    }

    ControlAnswer await(int number, ManagerRequest<?> request) {
        long client = ask(number, request);
        runUntil(() -> answers.containsKey(client), 60_000);
        ControlAnswer answer = answers.get(client);
        if (answer == null) {
            throw new AssertionError("no answer to " + request);
        }
        return answer;
    }

    static Element parse(String xml) {
        try {
            return XmlParser.parse(xml);
        } catch (XmlSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    void property(int number, String name, String value) {
        modify(
                number,
                "crm_config",
                "<crm_config><cluster_property_set id='cib-bootstrap-options'><nvpair id='cib-bootstrap-options-%s' name='%s' value='%s'/></cluster_property_set></crm_config>"
                        .formatted(name, name, value));
    }

    void dummy(int number, String id, String more) {
        modify(
                number,
                "resources",
                "<resources><primitive id='%s' class='ocf' provider='pacemaker' type='Dummy'>%s<operations><op id='%s-monitor-10s' name='monitor' interval='10s' timeout='20s'/></operations></primitive></resources>"
                        .formatted(id, more, id));
    }

    /** Names of the nodes on which a resource is active. */
    Set<String> where(String resource) {
        Set<String> found = new TreeSet<>();
        for (TestNode node : running()) {
            if (node.active.contains(resource)) {
                found.add(node.name);
            }
        }
        return found;
    }

    /** One node with its disk and the resources that its agents have started. */
    static final class TestNode {
        final TestCluster cluster;
        final NodeId id;
        final String name;
        final int pid;
        final Set<String> groups = new LinkedHashSet<>();
        final Set<String> active = new LinkedHashSet<>();
        final List<String> actions = new ArrayList<>();
        final List<String> log = new ArrayList<>();
        private final Map<ManagerTimer, Long> timers = new LinkedHashMap<>();
        private final Set<Long> killed = new LinkedHashSet<>();
        private final Map<Long, ManagerEffect.RunAgent> hanging = new LinkedHashMap<>();
        @Nullable Element disk;
        int writes;
        @Nullable Manager manager;
        int component;
        boolean up;
        boolean exited;

        TestNode(
                TestCluster cluster,
                NodeId id,
                String name,
                int pid,
                @Nullable Element disk,
                int component) {
            this.cluster = cluster;
            this.id = id;
            this.name = name;
            this.pid = pid;
            this.disk = disk;
            this.component = component;
        }

        Manager manager() {
            Manager present = manager;
            if (present == null) {
                throw new IllegalStateException(name + " has no manager");
            }
            return present;
        }

        GroupMember member() {
            return new GroupMember(id, pid);
        }

        void step(ManagerInput input) {
            if (up && !exited) {
                manager().step(cluster.now, cluster.wallMillis(), input, this::effect);
            }
        }

        void effect(ManagerEffect effect) {
            switch (effect) {
                case ManagerEffect.JoinGroup(String group) -> cluster.joinGroup(this, group);
                case ManagerEffect.LeaveGroup(String group) -> cluster.leaveGroup(this, group);
                case ManagerEffect.Multicast(String group, byte[] bytes) ->
                        cluster.multicast(this, group, bytes);
                case ManagerEffect.RunAgent run -> runAgent(run);
                case ManagerEffect.DescribeAgent ask ->
                        step(new ManagerInput.AgentDescribed(ask.call(), null));
                case ManagerEffect.KillAgent(long call) -> {
                    killed.add(call);
                    ManagerEffect.RunAgent run = hanging.remove(call);
                    if (run != null) {
                        cluster.at(MILLI, () -> finish(run, AgentOutcome.KILLED, 0));
                    }
                }
                case ManagerEffect.SetTimer(ManagerTimer timer, long deadline) -> {
                    timers.put(timer, deadline);
                    cluster.at(
                            deadline - cluster.now,
                            () -> {
                                Long due = timers.get(timer);
                                if (due != null && due == deadline) {
                                    timers.remove(timer);
                                    step(new ManagerInput.TimerFired(timer));
                                }
                            });
                }
                case ManagerEffect.CancelTimer(ManagerTimer timer) -> timers.remove(timer);
                case ManagerEffect.PersistCib(long ticket, Element cib) ->
                        cluster.at(
                                3 * MILLI,
                                () -> {
                                    if (up) {
                                        disk = cib;
                                        writes++;
                                        step(new ManagerInput.Persisted(ticket));
                                    }
                                });
                case ManagerEffect.PlanTransition plan ->
                        cluster.at(cluster.planMillis * MILLI, () -> step(cluster.outcome(plan)));
                case ManagerEffect.Reply(long client, ControlAnswer answer) ->
                        cluster.answered(client, answer);
                case ManagerEffect.ReadyToExit() -> {
                    exited = true;
                    cluster.at(
                            MILLI,
                            () -> {
                                up = false;
                                cluster.ringChanged();
                            });
                }
                case ManagerEffect.Log(var event) -> {
                    log.add(event.text());
                    if (event.level() == org.holdfast.kernel.LogEvent.Level.DEBUG) {
                        return;
                    }
                    cluster.transcript.add(
                            "%6d %s %s".formatted(cluster.now / MILLI, name, event.text()));
                }
            }
        }

        private void runAgent(ManagerEffect.RunAgent run) {
            actions.add(run.action() + " " + run.resource());
            cluster.transcript.add(
                    "%6d %s runs %s %s interval=%d"
                            .formatted(
                                    cluster.now / MILLI,
                                    name,
                                    run.action(),
                                    run.resource(),
                                    run.intervalMillis()));
            cluster.at(
                    cluster.agentMillis * MILLI,
                    () -> {
                        int rc = cluster.agents.rc(this, run);
                        if (rc < 0) {
                            hanging.put(run.call(), run);
                        } else {
                            finish(run, AgentOutcome.EXITED, rc);
                        }
                    });
        }

        private void finish(ManagerEffect.RunAgent run, AgentOutcome outcome, int rc) {
            step(
                    new ManagerInput.AgentResult(
                            run.call(), outcome, rc, "", "", cluster.wallMillis() / 1000));
        }

        /** What a well-behaved agent does. */
        int defaultRc(ManagerEffect.RunAgent run) {
            return switch (run.action()) {
                case "start" -> {
                    active.add(run.resource());
                    yield 0;
                }
                case "stop" -> {
                    active.remove(run.resource());
                    yield 0;
                }
                case "monitor" -> active.contains(run.resource()) ? 0 : 7;
                default -> 0;
            };
        }
    }
}

package org.holdfast.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ClusterRequest;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ControlRequest;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.corosyncconf.ClusterConf;
import org.holdfast.corosyncconf.ConfParser;
import org.holdfast.corosyncconf.ConfSection;
import org.holdfast.corosyncconf.ConfSyntaxException;
import org.holdfast.corosyncconf.ConfiguredNode;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.testkit.SimulatedNetwork;
import org.holdfast.testkit.VirtualTime;
import org.holdfast.testkit.quorum.QuorumScenario;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.corosync.QuorumTool;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.DeviceRequest;
import org.holdfast.totem.QuorumRefusal;
import org.holdfast.totem.layer.ClusterLayer;
import org.holdfast.totem.quorum.QuorumRules;
import org.holdfast.transport.RingSocket;
import org.holdfast.wire.totem.RingId;

/** Cluster layers on a simulated network that live through the events of a quorum scenario. */
final class QuorumCluster {

    private static final String SUBNET = "10.88.0.";
    private static final long RING_NANOS_MAX = 60_000_000_000L;
    private static final long REST_NANOS = 4_000_000_000L;
    private static final String DEVICE = "Net";
    private static final String RENAMED = "Judge";

    private final VirtualTime time = new VirtualTime();
    private final SimulatedNetwork network =
            new SimulatedNetwork(time, new SeededRandom(7), this::arrive);
    private final SortedMap<Integer, Node> up = new TreeMap<>();
    private final SortedMap<Integer, Integer> tracked = new TreeMap<>();
    private final SortedMap<Integer, RingId> ringIds = new TreeMap<>();
    private List<String> votes;
    private List<String> quorum;

    QuorumCluster(QuorumScenario scenario) {
        this.votes = scenario.votes();
        this.quorum = scenario.quorum();
    }

    /** Lets an event happen and everything come to rest; answers what is seen then. */
    List<String> happen(List<String> words) throws ConfigurationException {
        List<String> seen = new ArrayList<>();
        List<String> arguments = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "start" -> start(numbers(arguments), seen);
            case "crash" -> numbers(arguments).forEach(up::remove);
            case "leave" -> {
                for (int node : numbers(arguments)) {
                    up.get(node).step(new ClusterInput.Leave());
                    run(REST_NANOS);
                }
            }
            case "split" -> split(arguments.getFirst());
            case "merge" -> network.mendAll();
            case "expected" -> seen.add(command(arguments.get(0), "-e", arguments.get(1)));
            case "votes" ->
                    seen.add(
                            command(
                                    arguments.get(0),
                                    "-n",
                                    arguments.get(1),
                                    "-v",
                                    arguments.get(2)));
            case "reload" -> {
                quorum = QuorumScenario.settings(String.join(" ", arguments));
                reload();
            }
            case "reload-votes" -> {
                votes = arguments;
                reload();
            }
            case "cancel" ->
                    up.get(Integer.parseInt(arguments.getFirst()))
                            .step(new ClusterInput.CancelWaitForAll());
            case "wait" -> run(Long.parseLong(arguments.getFirst()) * 1_000_000);
            case "tracked" ->
                    seen.add(
                            "%s tracked %d of 4 bytes"
                                    .formatted(
                                            arguments.getFirst(),
                                            tracked.getOrDefault(
                                                    Integer.parseInt(arguments.getFirst()), 0)));
            case "device" -> seen.add(device(arguments));
            default -> throw new IllegalArgumentException("no event " + words);
        }
        if (!words.getFirst().equals("wait")) {
            runUntilRings();
            // Windows of time must not run out here, only in a wait.
            run(hasWindow() ? 300_000_000 : REST_NANOS);
        }
        up.forEach((id, node) -> seen.add(id + " " + node.status()));
        return seen;
    }

    private boolean hasWindow() {
        return quorum.stream()
                .anyMatch(line ->
                        line.equals("last_man_standing: 1") || line.startsWith("device.timeout"));
    }

    /** Runs until every node is in a ring of all that it can reach. */
    private void runUntilRings() {
        long end = time.nowNanos() + RING_NANOS_MAX;
        while (!up.values().stream().allMatch(this::isSettled)) {
            if (time.nowNanos() >= end) {
                throw new AssertionError("no rest");
            }
            run(10_000_000);
        }
    }

    private boolean isSettled(Node node) {
        List<NodeId> reachable =
                up.keySet().stream()
                        .filter(other -> other == node.id || !network.isCut(node.id, other))
                        .map(NodeId::new)
                        .toList();
        return node.layer.isReady() && node.layer.members().equals(reachable);
    }

    private static List<Integer> numbers(List<String> words) {
        return words.stream().map(Integer::parseInt).toList();
    }

    private void arrive(int from, int to, byte[] datagram) {
        Node node = up.get(to);
        if (node != null) {
            node.step(new ClusterInput.Datagram(datagram));
        }
    }

    private void run(long nanos) {
        long end = time.nowNanos() + nanos;
        while (time.runNext(end)) {
            // Everything happens in the nodes.
        }
    }

    private void start(List<Integer> ids, List<String> seen) throws ConfigurationException {
        List<Node> started = new ArrayList<>();
        for (int id : ids) {
            NodeConfiguration configuration = configuration(id);
            List<String> refusal = QuorumRules.refusalOf(configuration.cluster());
            if (refusal.isEmpty()) {
                Node node = new Node(id, configuration);
                up.put(id, node);
                started.add(node);
                continue;
            }
            refusal.subList(0, refusal.size() - 1).forEach(line -> seen.add(id + " log " + line));
            seen.add(id + " refused " + refusal.getLast().replace("!", ""));
        }
        started.forEach(node -> node.step(new ClusterInput.Start()));
        runUntilRings();
        for (Node node : started) {
            node.starting = false;
            node.firstLines.forEach(line -> seen.add(node.id + " log " + line));
        }
    }

    private void split(String parts) {
        network.mendAll();
        List<List<Integer>> groups = new ArrayList<>();
        for (String part : parts.split("\\|")) {
            groups.add(numbers(List.of(part.split(","))));
        }
        for (List<Integer> left : groups) {
            for (List<Integer> right : groups) {
                for (int from : left) {
                    for (int to : right) {
                        network.setCut(from, to, left != right);
                    }
                }
            }
        }
    }

    private void reload() throws ConfigurationException {
        for (Node node : up.values()) {
            node.configuration = configuration(node.id);
            node.queries.reconfigure(node.configuration);
            node.step(new ClusterInput.Reconfigured(node.configuration.cluster()));
        }
    }

    private NodeConfiguration configuration(int id) throws ConfigurationException {
        try {
            return configuration(
                    id, ConfParser.parse(QuorumScenario.configuration(SUBNET, votes, quorum)));
        } catch (ConfSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static NodeConfiguration configuration(int id, ConfSection file)
            throws ConfigurationException {
        ClusterConf conf = new ClusterConf(file);
        SortedMap<NodeId, String> names = new TreeMap<>();
        for (ConfiguredNode node : conf.nodes()) {
            names.put(node.id(), node.name());
        }
        return new NodeConfiguration(
                conf,
                conf.nodes().get(id - 1),
                ClusterConfigs.of(conf, conf.nodes(), new NodeId(id)),
                new InetSocketAddress(SUBNET + id, 5405),
                Map.of(),
                names,
                List.of());
    }

    /**
     * Runs a command on a node and gives time for what it causes.
     *
     * @return its exit code
     */
    int run(
            int node,
            Tool tool,
            List<String> arguments,
            ByteArrayOutputStream out,
            ByteArrayOutputStream err) {
        int code = up.get(node).run(tool, arguments, out, err);
        run(REST_NANOS);
        return code;
    }

    private String command(String node, String... arguments) {
        return (node + " command " + up.get(Integer.parseInt(node)).tool(List.of(arguments)))
                .strip();
    }

    private String device(List<String> arguments) {
        Node node = up.get(Integer.parseInt(arguments.get(0)));
        String word = arguments.get(1);
        int code = 1;
        switch (word) {
            case "register" -> code = node.device(new DeviceRequest.Register(node.device));
            case "unregister" -> {
                node.speaking = false;
                code = node.device(new DeviceRequest.Unregister(node.device));
            }
            case "wins" -> code = node.device(new DeviceRequest.MasterWins(node.device, true));
            case "loses" -> code = node.device(new DeviceRequest.MasterWins(node.device, false));
            case "silent" -> {
                node.speaking = false;
                code = 0;
            }
            case "rename" -> {
                code = node.device(new DeviceRequest.Rename(node.device, RENAMED));
                node.device = code == 1 ? RENAMED : node.device;
            }
            default -> {
                node.speaking = true;
                node.vote = word.equals("yes");
                code = node.poll();
            }
        }
        return "%d device %s %d".formatted(node.id, word, code);
    }

    private final class Node implements ClusterAccess {
        private final int id;
        private final ClusterLayer layer;
        private final ClusterQueries queries;
        private final SortedMap<ClusterTimer, VirtualTime.Event> timers = new TreeMap<>();
        private final List<String> firstLines = new ArrayList<>();
        private NodeConfiguration configuration;
        private boolean starting = true;
        private boolean speaking;
        private String device = DEVICE;
        private boolean vote;

        Node(int id, NodeConfiguration configuration) {
            this.id = id;
            this.configuration = configuration;
            this.layer =
                    new ClusterLayer(
                            configuration.cluster(),
                            ringIds.get(id),
                            tracked.getOrDefault(id, 0),
                            id,
                            0);
            this.queries = new ClusterQueries(this, configuration, this::change);
        }

        @Override
        public ClusterLayer layer() {
            return layer;
        }

        @Override
        public SortedMap<NodeId, Integer> joins() {
            return new TreeMap<>();
        }

        @Override
        public RingSocket.Counters counters() {
            return new RingSocket.Counters();
        }

        @Override
        public void step(ClusterInput input) {
            if (up.get(id) != this) {
                return;
            }
            List<ClusterEffect> effects = new ArrayList<>();
            layer.step(time.nowNanos(), input, effects::add);
            effects.forEach(this::carryOut);
        }

        private void carryOut(ClusterEffect effect) {
            switch (effect) {
                case ClusterEffect.SendTo(var to, byte[] bytes) ->
                        network.send(id, to.value(), bytes);
                case ClusterEffect.SendToAll(byte[] bytes) -> {
                    for (int other = 1; other <= votes.size(); other++) {
                        if (other != id) {
                            network.send(id, other, bytes);
                        }
                    }
                }
                case ClusterEffect.SetTimer(var timer, long deadline) -> {
                    cancel(timer);
                    timers.put(
                            timer,
                            time.at(deadline, () -> step(new ClusterInput.TimerFired(timer))));
                }
                case ClusterEffect.CancelTimer(var timer) -> cancel(timer);
                case ClusterEffect.PersistRingId(long ticket, var ringId) -> {
                    ringIds.put(id, ringId);
                    time.after(0, () -> step(new ClusterInput.RingIdPersisted(ticket)));
                }
                case ClusterEffect.PersistExpectedVotes(int highest) -> tracked.put(id, highest);
                case ClusterEffect.MembershipChanged _ -> time.after(1_000_000, this::poll);
                case ClusterEffect.ReloadRequested() -> queries.reconfigure(configuration);
                case ClusterEffect.Stopped() -> up.remove(id);
                case ClusterEffect.Log(LogEvent event) -> {
                    if (starting
                            && event.subsystem().equals("VOTEQ")
                            && !event.text().startsWith("Waiting for all")) {
                        firstLines.add(event.text());
                    }
                }
                default -> {
                    // Groups and configuration are not the matter here.
                }
            }
        }

        private void cancel(ClusterTimer timer) {
            VirtualTime.Event event = timers.remove(timer);
            if (event != null) {
                event.cancel();
            }
        }

        int poll() {
            return speaking
                    ? device(new DeviceRequest.Poll(device, vote, layer.quorumStatus().ringId()))
                    : 1;
        }

        /** Answers the code that libvotequorum gives. */
        int device(DeviceRequest request) {
            QuorumRefusal refusal = layer.checkDevice(request).orElse(null);
            step(new ClusterInput.QuorumDevice(request));
            if (refusal == null) {
                keepPolling();
                return 1;
            }
            return switch (refusal) {
                case TRY_AGAIN -> 6;
                case INVALID_PARAMETER -> 7;
                case ACCESS -> 11;
                case NOT_THERE -> 12;
                case EXISTS -> 14;
                case WRONG_RING -> 22;
                case NO_SUCH_NODE -> 4;
            };
        }

        private void keepPolling() {
            if (speaking && up.get(id) == this) {
                time.after(
                        500_000_000,
                        () -> {
                            if (speaking) {
                                device(
                                        new DeviceRequest.Poll(
                                                device, vote, layer.quorumStatus().ringId()));
                            }
                        });
            }
        }

        private void change(ConfSection file) throws ConfigurationException {
            configuration = configuration(id, file);
            queries.change(configuration);
            step(new ClusterInput.Reconfigured(configuration.cluster()));
        }

        String status() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int code = run(new QuorumTool(), List.of("-s"), out, out);
            return QuorumScenario.summary(code, out.toString(UTF_8));
        }

        String tool(List<String> arguments) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int code = run(new QuorumTool(), arguments, out, out);
            return "exit=" + code + " " + out.toString(UTF_8).strip();
        }

        private int run(
                Tool tool,
                List<String> arguments,
                ByteArrayOutputStream out,
                ByteArrayOutputStream err) {
            return tool.run(
                    new ToolContext(
                            arguments,
                            Map.of("TZ", "UTC"),
                            new ByteArrayInputStream(new byte[0]),
                            new PrintStream(out, true, UTF_8),
                            new PrintStream(err, true, UTF_8),
                            new LocalFileAccess(Path.of("")),
                            InstantSource.fixed(Instant.EPOCH),
                            connection()));
        }

        private ClusterConnection connection() {
            return new ClusterConnection() {
                @Override
                @SuppressWarnings("unchecked") // each request names the one type of its answer
                public <A extends ControlAnswer> A call(ControlRequest<A> request, Duration timeout)
                        throws RequestRefused {
                    ControlAnswer answer = queries.answer((ClusterRequest<?>) request);
                    if (answer instanceof ControlAnswer.Refused refused) {
                        throw new RequestRefused(refused);
                    }
                    return (A) answer;
                }
            };
        }
    }
}

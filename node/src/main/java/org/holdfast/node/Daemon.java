package org.holdfast.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.holdfast.agents.AgentPlaces;
import org.holdfast.agents.AgentRunner;
import org.holdfast.controlapi.Caller;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ClusterRequest;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ControlRequest;
import org.holdfast.controlapi.DaemonRequest;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.corosyncconf.ConfSection;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerConfig;
import org.holdfast.manager.ManagerInput;
import org.holdfast.manager.assembly.Manager;
import org.holdfast.manager.assembly.SchedulerPlanner;
import org.holdfast.storage.CibStore;
import org.holdfast.storage.ExpectedVotesFile;
import org.holdfast.storage.NodeFiles;
import org.holdfast.storage.RingIdFile;
import org.holdfast.telemetry.Telemetry;
import org.holdfast.tools.InstalledAgents;
import org.holdfast.tools.catalogue.AllTools;
import org.holdfast.tools.cibinput.SharedSchemas;
import org.holdfast.tools.remote.CommandServer;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.GroupName;
import org.holdfast.totem.layer.ClusterLayer;
import org.holdfast.transport.ControlSocket;
import org.holdfast.transport.RingSocket;
import org.holdfast.wire.totem.RingId;
import org.jspecify.annotations.Nullable;

/**
 * One running node: the cores with their drivers, the ring on the loop, the manager on its own
 * thread. Built by {@link Holdfastd}, which holds the instance's lock; {@link #run} belongs to the
 * thread that becomes the loop's, {@link #requestStop} may be called by any.
 */
final class Daemon {

    /** Corosync takes the highest; one below leaves room for watchdogs. */
    private static final int RING_PRIORITY = 98;

    /** The manager gives way to the ring. */
    private static final int MANAGER_PRIORITY = 97;

    /** How long the ring may take to let this node go. */
    private static final long LEAVE_NANOS_MAX = 10_000_000_000L;

    private final DaemonOptions options;
    private final NodeFiles files;
    private final Telemetry telemetry;
    private final InstantSource clock;
    private final Map<String, String> environment;
    private final long startedEpochSeconds;
    private final EventLoop loop;
    private final StateWriter writer;
    private final PlannerThread planner;
    private final Requests requests;
    private final RingSocket ringSocket;
    private final ClusterDriver cluster;
    private final ClusterQueries queries;
    private final GroupClients groupClients;
    private final AccessGate access;
    private final PauseWatch pauses;
    private final @Nullable ManagerDriver manager;
    private final AgentRunner agents;
    private final Optional<LastWill> lastWill;
    private NodeConfiguration configuration;
    private Runnable schemas = () -> {};
    private final LateStart lateStart;
    private final ServiceNotices serviceNotices;
    private final RealTime realTime;
    private boolean stopping;
    private boolean leaving;
    private long leaveDeadlineNanos;
    private int exitCode = ExitCode.OK;

    Daemon(
            DaemonOptions options,
            NodeConfiguration configuration,
            Telemetry telemetry,
            InstantSource clock,
            Map<String, String> environment,
            Runnable lastOfStart)
            throws IOException {
        this.options = options;
        this.files = new NodeFiles(options.root());
        this.configuration = configuration;
        this.telemetry = telemetry;
        this.clock = clock;
        this.environment = environment;
        this.startedEpochSeconds = clock.instant().getEpochSecond();
        this.lastWill = LastWill.of(environment);
        this.realTime = new RealTime(configuration.conf().wantsRealTime(), telemetry);
        this.serviceNotices = new ServiceNotices(environment, telemetry);
        this.loop = new EventLoop();
        this.writer = new StateWriter(this::onWriteFault);
        this.planner = new PlannerThread(new SchedulerPlanner());
        this.requests = new Requests(this::onRequest);
        this.agents = agentRunner();
        this.ringSocket = RingSockets.open(configuration);
        this.cluster = clusterDriver(configuration);
        this.pauses =
                new PauseWatch(
                        () -> cluster.layer().config().totem().tokenTimeoutMillis(),
                        clock,
                        line -> telemetry.log(Level.WARNING, "MAIN", line));
        this.queries = new ClusterQueries(cluster, configuration, new Changes());
        queries.showPauses(pauses);
        queries.logTo(line -> telemetry.log(Level.WARNING, "CMAP", line));
        this.manager = options.clusterLayerOnly() ? null : managerDriver(configuration);
        this.groupClients =
                new GroupClients(
                        configuration.self().id(),
                        cluster,
                        this::isReserved,
                        new ServiceRequests(cluster, queries),
                        telemetry);
        queries.countPrograms(groupClients::programs);
        this.access = new AccessGate(files, groupClients, queries, telemetry);
        this.lateStart =
                new LateStart(
                        this::listen,
                        new Doors(),
                        () -> {
                            lastOfStart.run();
                            schemas.run();
                        });
    }

    private ClusterDriver clusterDriver(NodeConfiguration from) throws IOException {
        Path state = files.below(from.conf().stateDirectory());
        RingIdFile ringIdFile = new RingIdFile(state, from.self().id());
        OptionalLong sequence = ringIdFile.load();
        RingId last =
                sequence.isPresent() ? new RingId(from.self().id(), sequence.getAsLong()) : null;
        ExpectedVotesFile expectedVotesFile = new ExpectedVotesFile(state);
        ClusterLayer layer =
                new ClusterLayer(from.cluster(), last, expectedVotesFile.load(), seed(), 0);
        return new ClusterDriver(
                layer,
                loop,
                ringSocket,
                ringIdFile,
                expectedVotesFile,
                writer,
                telemetry,
                new Events());
    }

    private boolean isReserved(GroupName group) {
        return manager != null && manager.uses(group);
    }

    private AgentRunner agentRunner() throws IOException {
        AgentPlaces places = AgentPlaces.of(options.root(), environment);
        if (!options.clusterLayerOnly()) {
            try {
                places.createStateDirectories();
            } catch (IOException e) {
                telemetry.log(
                        Level.WARNING, "MAIN", "Agents may lack a directory: " + e.getMessage());
            }
        }
        return new AgentRunner(places, environment, clock);
    }

    private ManagerDriver managerDriver(NodeConfiguration from) throws IOException {
        CibStore store = new CibStore(files.cibDirectory());
        CibStore.Loaded loaded = store.load();
        loaded.events().forEach(telemetry::log);
        int pid = (int) ProcessHandle.current().pid();
        SortedMap<NodeId, String> names = new TreeMap<>(from.names());
        ManagerConfig config =
                new ManagerConfig(
                        from.self().id(),
                        pid,
                        names,
                        from.conf().totem().clusterName(),
                        clock.millis(),
                        seed(),
                        Runtime.getRuntime().availableProcessors(),
                        loaded.cib());
        schemas = () -> StartingSchemas.compile(loaded.cib(), files.cibDirectory(), telemetry);
        return new ManagerDriver(
                new Manager(config, SharedSchemas.INSTANCE.following()),
                new ManagerDriver.Surroundings(
                        pid,
                        names,
                        loop,
                        cluster,
                        agents,
                        store,
                        writer,
                        planner,
                        telemetry,
                        clock,
                        requests,
                        this::leaveRing,
                        () -> realTime.take(MANAGER_PRIORITY),
                        this::onManagerFault));
    }

    /** Differs between nodes and starts; nothing secret is made from it. */
    private long seed() {
        return clock.millis() * 31 + System.nanoTime() + (ProcessHandle.current().pid() << 40);
    }

    /** Runs until the node has left, and gives the exit code. */
    int run() {
        try (lateStart) {
            lateStart.begin();
            ringSocket.register(loop.poller());
            groupClients.listen(files.clientSocket(), loop.poller(), access);
            access.read(configuration.conf().file());
            realTime.take(RING_PRIORITY);
            changeLastWill(LastWill::dependOnThisThread);
            telemetry.log(
                    Level.NOTICE,
                    "MAIN",
                    "Holdfast "
                            + Holdfastd.version()
                            + " started as node "
                            + configuration.self().name()
                            + " (id "
                            + configuration.self().id()
                            + ") on "
                            + configuration.ownAddress().getAddress().getHostAddress()
                            + "; commands on "
                            + files.controlSocket());
            loop.later(() -> cluster.step(new ClusterInput.Start()));
            loop.run(new Drive());
            requests.close();
            agents.killAll();
        } catch (IOException e) {
            fail(ExitCode.OS_ERROR, e);
        } catch (RuntimeException | StackOverflowError e) {
            fail(ExitCode.SOFTWARE, e);
        } finally {
            requests.close();
            if (manager != null) {
                manager.close();
            }
            writer.close();
            groupClients.close();
            ringSocket.close();
            planner.close();
        }
        return exitCode;
    }

    private ControlSocket listen() throws IOException {
        CommandServer server =
                new CommandServer(
                        AllTools.registry(),
                        System.getProperty("user.name"),
                        caller ->
                                new RefusedChanges(
                                        caller, requests.connectionOf(caller), telemetry),
                        clock,
                        new InstalledAgents(agents),
                        (command, fault) ->
                                telemetry.log(
                                        Level.ERROR,
                                        "MAIN",
                                        "Command failed: "
                                                + command
                                                + ": "
                                                + Faults.describe(fault)),
                        access::lists);
        return ControlSocket.listen(
                files.controlSocket(),
                server::serve,
                line -> telemetry.log(Level.WARNING, "MAIN", line));
    }

    /** Commands can come. */
    private final class Doors implements LateStart.Outcome {

        @Override
        public void onOpened(ControlSocket socket) {
            loop.post(() -> {
                access.guard(socket, configuration.conf().file());
                if (manager != null) {
                    // A node that others see online answers commands.
                    manager.start();
                }
            });
            realTime.giveToCollector(RING_PRIORITY);
            serviceNotices.say("READY=1");
        }

        @Override
        public void onFailed(IOException fault) {
            loop.post(() -> {
                fail(ExitCode.OS_ERROR, fault);
                loop.end();
            });
        }
    }

    /** A connection on behalf of a caller; may be called by any thread. */
    ClusterConnection connectionOf(Caller caller) {
        return requests.connectionOf(caller);
    }

    /** Leaves in good order: resources first, then the ring. May be called by any thread. */
    void requestStop(String reason) {
        loop.post(() -> {
            if (stopping) {
                return;
            }
            stopping = true;
            telemetry.log(Level.NOTICE, "MAIN", "Stopping: " + reason);
            serviceNotices.say("STOPPING=1");
            if (manager != null) {
                manager.step(new ManagerInput.Shutdown());
            } else {
                leaveRing();
            }
        });
    }

    private void leaveRing() {
        stopping = true;
        leaveDeadlineNanos = System.nanoTime() + LEAVE_NANOS_MAX;
        leaving = true;
        cluster.step(new ClusterInput.Leave());
    }

    private void end(int code) {
        exitCode = code;
        loop.end();
    }

    /** The one fault handler: says what happened, tells the ring if it can, and ends. */
    private void fail(int code, Throwable fault) {
        exitCode = code;
        telemetry.log(Level.CRITICAL, "MAIN", "Stopping at once: " + Faults.describe(fault));
        agents.killAll();
        try {
            cluster.step(new ClusterInput.Leave());
        } catch (RuntimeException second) {
            telemetry.log(Level.ERROR, "MAIN", "No leave message: " + second);
        }
    }

    /** A change of the last will. */
    private interface WillChange {
        void apply(LastWill will) throws IOException;
    }

    /**
     * It is kept in memory, so this takes microseconds; and it must be there before the next kill.
     */
    private void changeLastWill(WillChange change) {
        lastWill.ifPresent(will -> {
            try {
                change.apply(will);
            } catch (IOException e) {
                telemetry.log(Level.WARNING, "MAIN", "No last will: " + e);
            }
        });
    }

    private void onManagerFault(Throwable fault) {
        loop.post(() -> {
            fail(ExitCode.SOFTWARE, fault);
            loop.end();
        });
    }

    private void onWriteFault(Throwable fault) {
        loop.post(() -> {
            fail(ExitCode.OS_ERROR, fault);
            loop.end();
        });
    }

    /** On the thread of the command; what concerns the manager need not disturb the loop. */
    private void onRequest(long number, Caller caller, ControlRequest<?> request) {
        switch (request) {
            case ManagerRequest<?> asked -> {
                if (manager != null) {
                    manager.onRequest(number, caller, asked);
                } else {
                    requests.answer(
                            number,
                            new ControlAnswer.Refused(
                                    ControlAnswer.Reason.NOT_CONNECTED,
                                    "the resource manager does not run here"));
                }
            }
            case ClusterRequest<?> asked ->
                    loop.post(() -> requests.answer(number, queries.answer(asked)));
            case DaemonRequest<?> asked ->
                    loop.post(() -> requests.answer(number, daemonStatus(asked)));
        }
    }

    private ControlAnswer daemonStatus(DaemonRequest<?> request) {
        return switch (request) {
            case DaemonRequest.ReopenLogs() -> {
                telemetry.reopen();
                yield new ControlAnswer.Done();
            }
            case DaemonRequest.EndDaemon(String reason) -> {
                requestStop(reason);
                yield new ControlAnswer.Done();
            }
            case DaemonRequest.DaemonQuery() ->
                    new ControlAnswer.DaemonStatus(
                            configuration.conf().totem().clusterName(),
                            configuration.self().name(),
                            Holdfastd.version(),
                            ProcessHandle.current().pid(),
                            startedEpochSeconds);
        };
    }

    private void reload() {
        try {
            ConfigurationReader reader = new ConfigurationReader(files, options.name());
            apply(reader.reload(configuration), queries::reconfigure);
            telemetry.log(Level.NOTICE, "CFG", "Configuration read again");
        } catch (ConfigurationException e) {
            e.lines().forEach(line -> telemetry.log(Level.ERROR, "CFG", "Not reloaded: " + line));
        }
    }

    private final class Changes implements ClusterQueries.Changer {

        @Override
        public void change(ConfSection file) throws ConfigurationException {
            apply(new ConfigurationReader(files, options.name()).changed(file), queries::change);
        }

        @Override
        public void check() throws ConfigurationException {
            checkChange(new ConfigurationReader(files, options.name()).readAgain());
        }

        @Override
        public void accessChanged() {
            access.read(configuration.conf().file());
        }
    }

    private void checkChange(NodeConfiguration changed) throws ConfigurationException {
        if (!changed.ownAddress().equals(configuration.ownAddress())) {
            throw new ConfigurationException("a node's own address cannot change while it runs");
        }
    }

    private void apply(NodeConfiguration changed, Consumer<NodeConfiguration> note)
            throws ConfigurationException {
        try {
            checkChange(changed);
            changed.remarks().forEach(telemetry::log);
            configuration = changed;
            RingSockets.setPeers(ringSocket, changed);
            note.accept(changed);
            access.read(changed.conf().file());
            telemetry.setUp(LogSetups.of(changed.conf().logging(), files, environment));
            cluster.step(new ClusterInput.Reconfigured(changed.cluster()));
            groupClients.onReconfigured();
            if (manager != null) {
                manager.reconfigure(changed.names());
            }
        } catch (IOException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    /** What the loop drives. */
    private final class Drive implements EventLoop.Driven {

        @Override
        public void fireTimers(long nowNanos) {
            cluster.fireTimers(nowNanos);
            groupClients.lookForChanges(nowNanos);
            if (leaving && nowNanos - leaveDeadlineNanos >= 0) {
                telemetry.log(Level.WARNING, "MAIN", "The ring took too long; leaving without it");
                end(exitCode);
            }
        }

        @Override
        public long nanosToNextTimer(long nowNanos) {
            long next =
                    Math.min(
                            cluster.nanosToNextTimer(nowNanos),
                            groupClients.nanosToNextLook(nowNanos));
            return leaving ? Math.min(next, Math.max(0, leaveDeadlineNanos - nowNanos)) : next;
        }

        @Override
        public boolean receive() throws IOException {
            return cluster.receive();
        }

        @Override
        public void turned(long nanos, long plannedNanos) {
            pauses.turned(nanos, plannedNanos);
        }

        @Override
        public void betweenEvents() {
            if (manager != null) {
                manager.flush();
            }
            groupClients.flush();
        }
    }

    /** What the ring tells. */
    private final class Events implements ClusterDriver.Listener {

        @Override
        public void onGroupMessage(ClusterEffect.GroupMessage message) {
            groupClients.onGroupMessage(message);
            if (manager != null && manager.uses(message.group())) {
                loop.later(() -> manager.onGroupMessage(message));
            }
        }

        @Override
        public void onGroupConfiguration(ClusterEffect.GroupConfiguration change) {
            groupClients.onGroupConfiguration(change);
            if (manager != null && manager.uses(change.group())) {
                loop.later(() -> manager.onGroupConfiguration(change));
            }
        }

        @Override
        public void onMembership(ClusterEffect.MembershipChanged change) {
            groupClients.onMembership(change);
            byte[] message = cluster.layer().lastWill();
            NodeConfiguration current = configuration;
            changeLastWill(will -> will.write(current.ownAddress(), current.peers(), message));
        }

        @Override
        public void onQuorum(ClusterEffect.QuorumChanged quorum) {
            groupClients.onQuorum(quorum);
            lateStart.ringIsThere();
            if (manager != null) {
                manager.onQuorum(quorum);
            }
        }

        @Override
        public void onReload() {
            reload();
        }

        @Override
        public void onKilled(String reason) {
            telemetry.log(Level.CRITICAL, "CFG", "Told to end: " + reason);
            end(ExitCode.KILLED);
        }

        @Override
        public void onStopped() {
            telemetry.log(Level.NOTICE, "MAIN", "Left the ring");
            changeLastWill(LastWill::withdraw);
            end(exitCode);
        }
    }
}

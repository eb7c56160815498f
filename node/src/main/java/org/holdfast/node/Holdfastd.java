package org.holdfast.node;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.storage.InstanceLock;
import org.holdfast.storage.NodeFiles;
import org.holdfast.telemetry.LogSetup;
import org.holdfast.telemetry.Telemetry;
import org.jspecify.annotations.Nullable;

/** The daemon's program: options, configuration, lock, signals, exit code. */
public final class Holdfastd {

    private final Map<String, String> environment = System.getenv();
    private final InstantSource clock = InstantSource.system();
    private final AtomicReference<@Nullable Daemon> running = new AtomicReference<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int exitCode;
    private volatile boolean stopAsked;

    private Holdfastd() {}

    /** Runs the daemon as a program of its own. */
    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    /**
     * Runs the daemon until it has left the cluster. SIGTERM and SIGINT make it leave in good
     * order; the process then ends with this method's result. SIGHUP makes it open its log files
     * anew.
     *
     * @param arguments the command line without the program's name
     * @return the exit code: 0 after a clean stop, 64 for a wrong command line, 69 if another
     *     instance uses the state directory, 78 for a configuration that cannot be used, 70 and 71
     *     for faults
     */
    public static int run(List<String> arguments) {
        return new Holdfastd().runProgram(arguments);
    }

    /** The version that the build gave the program. */
    static String version() {
        String version = Holdfastd.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }

    private int runProgram(List<String> arguments) {
        DaemonOptions options;
        try {
            options = DaemonOptions.parse(arguments, environment);
        } catch (DaemonOptions.UsageException e) {
            System.err.println("holdfastd: " + e.getMessage());
            System.err.print(DaemonOptions.USAGE);
            return ExitCode.USAGE;
        }
        if (options.help()) {
            System.out.print(DaemonOptions.USAGE);
            return ExitCode.OK;
        }
        StartAhead.begin();
        NodeFiles files = new NodeFiles(options.root());
        NodeConfiguration configuration;
        try {
            configuration = new ConfigurationReader(files, options.name()).read();
        } catch (ConfigurationException e) {
            e.lines().forEach(line -> System.err.println("holdfastd: " + line));
            return ExitCode.CONFIG;
        }
        if (options.testConfiguration()) {
            configuration.remarks().forEach(remark -> System.err.println(remark.text()));
            return ExitCode.OK;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopBySignal, "signal"));
        try {
            exitCode = runLocked(options, files, configuration);
        } finally {
            finished.countDown();
        }
        return exitCode;
    }

    private int runLocked(DaemonOptions options, NodeFiles files, NodeConfiguration configuration) {
        try (InstanceLock _ =
                InstanceLock.take(files.below(configuration.conf().stateDirectory()))) {
            LogSetup setup = LogSetups.of(configuration.conf().logging(), files, environment);
            try (Telemetry telemetry = new Telemetry(setup, clock)) {
                configuration.remarks().forEach(telemetry::log);
                return runDaemon(options, configuration, telemetry);
            }
        } catch (InstanceLock.InUseException e) {
            System.err.println("holdfastd: " + e.getMessage());
            return ExitCode.UNAVAILABLE;
        } catch (IOException e) {
            System.err.println("holdfastd: " + e.getMessage());
            return ExitCode.OS_ERROR;
        }
    }

    private int runDaemon(
            DaemonOptions options, NodeConfiguration configuration, Telemetry telemetry) {
        try {
            Daemon daemon =
                    new Daemon(
                            options,
                            configuration,
                            telemetry,
                            clock,
                            environment,
                            () -> {
                                HangUp.handle(telemetry::reopen);
                                HeapTarget.follow();
                            });
            running.set(daemon);
            if (stopAsked) {
                // While it was being made.
                daemon.requestStop("asked by a signal");
            }
            Thread.currentThread().setName("cluster");
            return daemon.run();
        } catch (IOException e) {
            telemetry.log(Level.CRITICAL, "MAIN", String.valueOf(e.getMessage()));
            if (!configuration.conf().logging().sinks().toStderr()) {
                // Who starts it by hand must see why it ends at once.
                System.err.println("holdfastd: " + e.getMessage());
            }
            return ExitCode.OS_ERROR;
        }
    }

    /**
     * Runs when the process was told to end. The Java runtime would end with the signal's number; a
     * clean stop is no failure, so the exit code is set here.
     */
    private void stopBySignal() {
        stopAsked = true;
        Daemon daemon = running.get();
        if (daemon != null) {
            daemon.requestStop("asked by a signal");
        }
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }
}

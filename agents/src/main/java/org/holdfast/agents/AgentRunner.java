package org.holdfast.agents;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.holdfast.agents.AgentEnd.Outcome;
import org.holdfast.linux.ChildProcess;
import org.holdfast.linux.ChildResult;
import org.holdfast.linux.Errno;
import org.holdfast.linux.LinuxException;
import org.holdfast.linux.Signal;
import org.holdfast.linux.SpawnRequest;
import org.jspecify.annotations.Nullable;

/**
 * Runs agents, each in a process group and with a waiting thread of its own. Thread-safe. How many
 * run at once is bounded by the caller, who knows the node's limits.
 */
public final class AgentRunner {

    private static final int OUTPUT_BYTES_MAX = 64 << 10;

    /** Between the polite and the final signal. */
    private static final Duration KILL_AFTER = Duration.ofSeconds(1);

    private final AgentPlaces places;
    private final AgentEnvironment environment;
    private final InstantSource clock;
    private final Map<Long, Run> running = new ConcurrentHashMap<>();

    /**
     * A runner.
     *
     * @param places where agents are
     * @param ownEnvironment the daemon's environment
     * @param clock the wall clock
     */
    public AgentRunner(
            AgentPlaces places, Map<String, String> ownEnvironment, InstantSource clock) {
        this.places = places;
        this.environment = new AgentEnvironment(places, ownEnvironment);
        this.clock = clock;
    }

    /** Where agents are found. */
    public AgentPlaces places() {
        return places;
    }

    /**
     * Starts an action.
     *
     * @param call what to run
     * @param end takes the outcome, once, on a thread of this class
     */
    public void run(AgentCall call, Consumer<AgentEnd> end) {
        // Known before its thread runs, so that an early kill is not lost.
        running.put(call.id(), new Run());
        // A platform thread: it waits in poll(2), which would hold a virtual thread's carrier.
        Thread.ofPlatform()
                .daemon()
                .name("agent-" + call.resource() + "-" + call.action())
                .start(() -> {
                    AgentEnd outcome = runHere(call);
                    running.remove(call.id());
                    end.accept(outcome);
                });
    }

    /**
     * Ends a run: its group gets SIGTERM, and SIGKILL a second later. Its outcome still comes.
     * Nothing happens if it has ended.
     */
    public void kill(long id) {
        Run run = running.get(id);
        if (run == null) {
            return;
        }
        run.terminate();
        Thread.ofVirtual()
                .name("agent-kill")
                .start(() -> {
                    try {
                        Thread.sleep(KILL_AFTER);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    run.kill();
                });
    }

    /** Kills every run at once, for the daemon's own end. */
    public void killAll() {
        running.values().forEach(Run::kill);
    }

    /**
     * Runs an action and waits for its outcome, on any thread, a virtual one too. After the limit
     * it is killed.
     *
     * @param call what to run
     * @param limit how long it may take
     */
    public AgentEnd runFor(AgentCall call, Duration limit) throws InterruptedException {
        CompletableFuture<AgentEnd> end = new CompletableFuture<>();
        run(call, end::complete);
        try {
            return end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            kill(call.id());
            return end.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs an action on the calling platform thread and returns its outcome. */
    AgentEnd runHere(AgentCall call) {
        long wallSeconds = clock.instant().getEpochSecond();
        long startNanos = System.nanoTime();
        boolean fences = call.standard().equals("stonith");
        if (fences
                ? !FenceAgents.ACTIONS.contains(call.action())
                : !call.standard().equals("ocf")) {
            String reason = "agents of class " + call.standard() + " are not supported yet";
            return failed(call, Outcome.NOT_INSTALLED, reason, wallSeconds);
        }
        Optional<Path> file =
                fences ? FenceAgents.find(call.type()) : places.find(call.provider(), call.type());
        if (file.isEmpty()) {
            String reason = call.agentName() + ": No such file or directory";
            return failed(call, Outcome.NOT_INSTALLED, reason, wallSeconds);
        }
        if (!Files.isExecutable(file.get())) {
            return failed(
                    call, Outcome.NOT_EXECUTABLE, file.get() + ": Permission denied", wallSeconds);
        }
        try {
            ChildProcess child = start(call, file.get());
            Run run = running.get(call.id());
            if (run != null) {
                run.started(child);
            }
            ChildResult result = child.await();
            String error = text(result.error());
            return new AgentEnd(
                    call.id(),
                    result.signal() == 0 ? Outcome.EXITED : Outcome.KILLED,
                    result.exitCode(),
                    exitReason(error),
                    text(result.output()),
                    error,
                    wallSeconds,
                    System.nanoTime() - startNanos);
        } catch (LinuxException e) {
            return failed(
                    call, outcome(e.errno()), file.get() + ": " + e.getMessage(), wallSeconds);
        } catch (IllegalArgumentException e) {
            return failed(
                    call, Outcome.NOT_EXECUTABLE, String.valueOf(e.getMessage()), wallSeconds);
        }
    }

    private ChildProcess start(AgentCall call, Path file) throws LinuxException {
        Map<String, String> variables = environment.of(call);
        if (call.standard().equals("stonith")) {
            return ChildProcess.start(FenceAgents.request(call, file, variables, OUTPUT_BYTES_MAX));
        }
        try {
            return ChildProcess.start(
                    new SpawnRequest(
                            file.toString(), List.of(call.action()), variables, OUTPUT_BYTES_MAX));
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOEXEC) {
                throw e;
            }
            // A script without an interpreter line: execvp, which Pacemaker uses, asks the shell.
            List<String> arguments = new ArrayList<>(List.of(file.toString(), call.action()));
            return ChildProcess.start(
                    new SpawnRequest("/bin/sh", arguments, variables, OUTPUT_BYTES_MAX));
        }
    }

    private static Outcome outcome(int errno) {
        return switch (errno) {
            case Errno.ENOENT, Errno.ENOTDIR, Errno.ENOEXEC -> Outcome.NOT_INSTALLED;
            default -> Outcome.NOT_EXECUTABLE;
        };
    }

    private static AgentEnd failed(
            AgentCall call, Outcome outcome, String reason, long wallSeconds) {
        return new AgentEnd(call.id(), outcome, 0, reason, "", "", wallSeconds, 0);
    }

    private static String exitReason(String error) {
        int last = error.lastIndexOf(AgentEnvironment.EXIT_REASON_PREFIX);
        if (last < 0) {
            return "";
        }
        int start = last + AgentEnvironment.EXIT_REASON_PREFIX.length();
        int end = error.indexOf('\n', start);
        return error.substring(start, end < 0 ? error.length() : end);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A run from before its process starts until its outcome is known. */
    private static final class Run {

        private @Nullable ChildProcess child;
        private boolean ending;

        synchronized void started(ChildProcess process) {
            child = process;
            if (ending) {
                process.terminateGroup();
            }
        }

        synchronized void terminate() {
            ending = true;
            if (child != null) {
                child.terminateGroup();
            }
        }

        synchronized void kill() {
            ending = true;
            if (child != null) {
                child.signalGroup(Signal.KILL);
            }
        }
    }
}

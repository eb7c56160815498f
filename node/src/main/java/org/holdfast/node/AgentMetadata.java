package org.holdfast.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.holdfast.agents.AgentCall;
import org.holdfast.agents.AgentEnd;
import org.holdfast.agents.AgentRunner;
import org.jspecify.annotations.Nullable;

/**
 * Asks agents for their metadata. An agent is asked again when its file has changed, or after some
 * time because of what the file may include; the manager asks before every start. Thread-safe.
 */
final class AgentMetadata {

    /** As long as Pacemaker waits for a description. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final long KEEP_NANOS = Duration.ofMinutes(5).toNanos();

    /** Numbers of this class's runs, far from the manager's and from those of commands. */
    private static final long FIRST_NUMBER = 1L << 62;

    /** A file as it was when its agent was asked. */
    private record Version(@Nullable Object key, long size, long modifiedMillis) {}

    private record Answer(Version version, long askedNanos, String metadata) {}

    private final AgentRunner agents;
    private final Map<Path, Answer> answers = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong(FIRST_NUMBER);

    AgentMetadata(AgentRunner agents) {
        this.agents = agents;
    }

    /**
     * Gets an agent's metadata.
     *
     * @param then takes it, or null if there is none, once, at once or on another thread
     */
    void ask(
            String standard,
            @Nullable String provider,
            String type,
            Consumer<@Nullable String> then) {
        Path file =
                standard.equals("ocf") ? agents.places().find(provider, type).orElse(null) : null;
        Version version = file == null ? null : version(file);
        if (file == null || version == null) {
            then.accept(null);
            return;
        }
        Answer last = answers.get(file);
        if (last != null
                && last.version().equals(version)
                && System.nanoTime() - last.askedNanos() < KEEP_NANOS) {
            then.accept(last.metadata());
            return;
        }
        AgentCall call =
                new AgentCall(
                        numbers.incrementAndGet(),
                        standard,
                        provider,
                        type,
                        type,
                        "meta-data",
                        Map.of());
        Thread.ofVirtual()
                .name("agent-metadata")
                .start(() -> {
                    String metadata = run(call);
                    if (metadata != null) {
                        answers.put(file, new Answer(version, System.nanoTime(), metadata));
                    }
                    then.accept(metadata);
                });
    }

    private @Nullable String run(AgentCall call) {
        try {
            AgentEnd end = agents.runFor(call, TIMEOUT);
            boolean answered = end.outcome() == AgentEnd.Outcome.EXITED && end.exitCode() == 0;
            return answered ? end.output() : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static @Nullable Version version(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(
                    attributes.fileKey(),
                    attributes.size(),
                    attributes.lastModifiedTime().toMillis());
        } catch (IOException e) {
            return null;
        }
    }
}

package org.holdfast.agents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.holdfast.linux.SpawnRequest;

/**
 * The fence agents that are installed: programs named {@code fence_*} that take their action and
 * parameters from standard input, a line {@code name=value} each. Here they are asked what they are
 * and whether they understand parameters; they do not fence.
 */
public final class FenceAgents {

    /** What {@link AgentRunner} may have a fence agent do. */
    static final Set<String> ACTIONS = Set.of("metadata", "validate-all");

    private static final Path DIRECTORY = Path.of("/usr/sbin");
    private static final String PREFIX = "fence_";
    private static final String INPUT = "HOLDFAST_FENCE_INPUT";

    private FenceAgents() {}

    /** The file of an agent. */
    public static Optional<Path> find(String type) {
        Path file = DIRECTORY.resolve(type.indexOf('/') >= 0 ? "" : type);
        return type.startsWith(PREFIX) && Files.isRegularFile(file)
                ? Optional.of(file)
                : Optional.empty();
    }

    /** The names of all agents, sorted. */
    public static List<String> list() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith(PREFIX))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** How an agent is started for one of {@link #ACTIONS}. */
    static SpawnRequest request(
            AgentCall call, Path file, Map<String, String> environment, int outputBytesMax) {
        StringBuilder input = new StringBuilder("action=" + call.action() + "\n");
        call.parameters()
                .forEach((name, value) -> {
                    boolean line = name.indexOf('\n') < 0 && value.indexOf('\n') < 0;
                    if (line && !name.startsWith("pcmk_") && !name.startsWith("CRM_meta_")) {
                        input.append(name).append('=').append(value).append('\n');
                    }
                });
        Map<String, String> variables = new LinkedHashMap<>(environment);
        variables.keySet().removeIf(name -> name.startsWith("OCF_"));
        variables.put(INPUT, input.toString());
        String script = "printf %s \"$" + INPUT + "\" | env -u " + INPUT + " \"$0\"";
        return new SpawnRequest(
                "/bin/sh", List.of("-c", script, file.toString()), variables, outputBytesMax);
    }
}

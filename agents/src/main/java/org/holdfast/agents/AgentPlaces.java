package org.holdfast.agents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where agents are found and where they keep their own files.
 *
 * @param ocfRoot the value of {@code OCF_ROOT}: agents find their shell libraries below it
 * @param directories directories with one subdirectory for each provider; the first that has an
 *     agent counts
 * @param variables environment variables that every agent gets besides the standard ones
 */
public record AgentPlaces(Path ocfRoot, List<Path> directories, Map<String, String> variables) {

    /** Names further directories of agents, separated by colons; they come first. */
    public static final String PATH_VARIABLE = "HOLDFAST_OCF_PATH";

    private static final Path OCF_ROOT = Path.of("/usr/lib/ocf");

    /** Copies. */
    public AgentPlaces {
        directories = List.copyOf(directories);
        variables = Map.copyOf(variables);
    }

    /**
     * The places of a node.
     *
     * @param root the directory that stands for {@code /}. Agents below it come before the
     *     machine's own; and where it is not {@code /}, agents keep their state below it, so that
     *     several nodes can be tried on one machine
     * @param environment the daemon's environment
     */
    public static AgentPlaces of(Path root, Map<String, String> environment) {
        Set<Path> directories = new LinkedHashSet<>();
        for (String name : environment.getOrDefault(PATH_VARIABLE, "").split(":")) {
            if (!name.isEmpty()) {
                directories.add(Path.of(name));
            }
        }
        Path base = root.toAbsolutePath().normalize();
        directories.add(base.resolve("usr/lib/ocf/resource.d"));
        directories.add(OCF_ROOT.resolve("resource.d"));
        boolean wholeMachine = base.getParent() == null;
        Map<String, String> variables =
                wholeMachine
                        ? Map.of()
                        : Map.of(
                                "HA_RSCTMP", base.resolve("run/resource-agents").toString(),
                                "HA_VARRUN", base.resolve("run").toString(),
                                "HA_VARLOCK", base.resolve("run/lock").toString());
        return new AgentPlaces(OCF_ROOT, new ArrayList<>(directories), variables);
    }

    /** Creates the directories that agents expect to exist. */
    public void createStateDirectories() throws IOException {
        Files.createDirectories(
                Path.of(variables.getOrDefault("HA_RSCTMP", "/run/resource-agents")));
        for (String directory : variables.values()) {
            Files.createDirectories(Path.of(directory));
        }
    }

    /** The file of an OCF agent; names that would leave the directories find nothing. */
    public Optional<Path> find(@Nullable String provider, String type) {
        if (provider == null || isNoName(provider) || isNoName(type)) {
            return Optional.empty();
        }
        return directories.stream()
                .map(directory -> directory.resolve(provider).resolve(type))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static boolean isNoName(String name) {
        return name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0;
    }

    /** All providers, sorted. */
    public List<String> providers() {
        Set<String> found = new TreeSet<>();
        for (Path directory : directories) {
            for (Path provider : entries(directory)) {
                if (Files.isDirectory(provider)) {
                    found.add(String.valueOf(provider.getFileName()));
                }
            }
        }
        return List.copyOf(found);
    }

    /** A provider's agents, sorted. */
    public List<String> agents(String provider) {
        Set<String> found = new TreeSet<>();
        if (!isNoName(provider)) {
            for (Path directory : directories) {
                for (Path agent : entries(directory.resolve(provider))) {
                    if (Files.isRegularFile(agent) && Files.isExecutable(agent)) {
                        found.add(String.valueOf(agent.getFileName()));
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    private static List<Path> entries(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}

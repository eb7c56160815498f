package org.holdfast.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.holdfast.agents.AgentPlaces;
import org.holdfast.agents.AgentRunner;
import org.holdfast.tools.AgentCatalog;
import org.holdfast.tools.FileAccess;
import org.holdfast.tools.InstalledAgents;
import org.holdfast.tools.MetadataDirectory;

/** The agents that a command knows when it runs in the user's own process. */
final class Agents {

    private Agents() {}

    /**
     * Those described in the directory that {@code HOLDFAST_AGENT_METADATA} names, else those of
     * this machine.
     */
    static AgentCatalog of(Map<String, String> environment, FileAccess files) {
        String directory = environment.get("HOLDFAST_AGENT_METADATA");
        if (directory != null && !directory.isEmpty()) {
            return new MetadataDirectory(files, directory);
        }
        String root = environment.getOrDefault("HOLDFAST_ROOT", "");
        AgentPlaces places = AgentPlaces.of(Path.of(root.isEmpty() ? "/" : root), environment);
        return new InstalledAgents(new AgentRunner(places, environment, InstantSource.system()));
    }
}

package org.holdfast.cli;

import java.util.Map;
import org.holdfast.tools.AgentCatalog;
import org.holdfast.tools.FileAccess;
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
        return AgentCatalog.NONE;
    }
}

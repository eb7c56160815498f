package org.holdfast.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.holdfast.agents.UserPrograms;
import org.holdfast.tools.Programs;

/** The user's programs, started by the command's own process. */
final class OwnPrograms implements Programs {

    private final Terminal terminal = new Terminal();

    @Override
    public int run(List<String> words, Map<String, String> environment) throws IOException {
        return UserPrograms.run(words, environment, true);
    }

    @Override
    public void start(List<String> words, Map<String, String> environment) throws IOException {
        UserPrograms.run(words, environment, false);
    }

    @Override
    public byte[] keys(int millis) throws IOException {
        return terminal.keys(millis);
    }

    @Override
    public void goToBackground() throws IOException {
        // A virtual machine cannot part from its terminal; the native client can.
        throw new IOException(NOT_HERE);
    }
}

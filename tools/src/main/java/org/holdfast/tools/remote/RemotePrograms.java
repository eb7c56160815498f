package org.holdfast.tools.remote;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.holdfast.tools.Programs;
import org.holdfast.tools.remote.Frame.GoToBackground;
import org.holdfast.tools.remote.Frame.Input;
import org.holdfast.tools.remote.Frame.ProgramEnded;
import org.holdfast.tools.remote.Frame.ReadKeys;
import org.holdfast.tools.remote.Frame.RunProgram;

/** The programs of a thin client's user, which the client starts. For one session's thread. */
final class RemotePrograms implements Programs {

    private static final String UNEXPECTED = "the client sent an unexpected answer";

    private final ServerSession session;

    RemotePrograms(ServerSession session) {
        this.session = session;
    }

    @Override
    public int run(List<String> words, Map<String, String> environment) throws IOException {
        return ask(new RunProgram(words, environment, true));
    }

    @Override
    public void start(List<String> words, Map<String, String> environment) throws IOException {
        ask(new RunProgram(words, environment, false));
    }

    @Override
    public void goToBackground() throws IOException {
        ask(new GoToBackground());
    }

    @Override
    public byte[] keys(int millis) throws IOException {
        if (!(session.ask(new ReadKeys(millis)) instanceof Input(byte[] typed))) {
            throw new IOException(UNEXPECTED);
        }
        return typed;
    }

    private int ask(Frame question) throws IOException {
        if (!(session.ask(question) instanceof ProgramEnded(var error, int status))) {
            throw new IOException(UNEXPECTED);
        }
        if (error != null) {
            throw new IOException(error);
        }
        return status;
    }
}

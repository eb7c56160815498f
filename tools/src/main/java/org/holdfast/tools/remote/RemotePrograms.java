package org.holdfast.tools.remote;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.holdfast.tools.Programs;
import org.holdfast.tools.remote.Frame.GoToBackground;
import org.holdfast.tools.remote.Frame.ProgramEnded;
import org.holdfast.tools.remote.Frame.RunProgram;

/** The programs of a thin client's user, which the client starts. For one session's thread. */
final class RemotePrograms implements Programs {

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

    private int ask(Frame question) throws IOException {
        if (!(session.ask(question) instanceof ProgramEnded(var error, int status))) {
            throw new IOException("the client sent an unexpected answer");
        }
        if (error != null) {
            throw new IOException(error);
        }
        return status;
    }
}

package org.holdfast.tools.remote;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.holdfast.tools.FileAccess;
import org.holdfast.tools.Programs;
import org.holdfast.tools.remote.Frame.ErrorOutput;
import org.holdfast.tools.remote.Frame.Exec;
import org.holdfast.tools.remote.Frame.Exit;
import org.holdfast.tools.remote.Frame.FileCall;
import org.holdfast.tools.remote.Frame.FileReply;
import org.holdfast.tools.remote.Frame.GoToBackground;
import org.holdfast.tools.remote.Frame.Input;
import org.holdfast.tools.remote.Frame.Output;
import org.holdfast.tools.remote.Frame.ProgramEnded;
import org.holdfast.tools.remote.Frame.ReadInput;
import org.holdfast.tools.remote.Frame.ReadKeys;
import org.holdfast.tools.remote.Frame.RunProgram;
import org.holdfast.tools.remote.Frame.RunYourself;

/** The client's end of one command: hands over the command line, then does what the daemon asks. */
public final class CommandClient {

    private static final int INPUT_BYTES_MAX = 1 << 20;
    private static final byte[] NOTHING = {};

    private final FrameStream frames;
    private final FileAccess files;
    private final InputStream in;
    private final OutputStream out;
    private final OutputStream err;
    private final Programs programs;

    /** A client on an open connection with the user's files, standard streams and programs. */
    public CommandClient(
            FrameStream frames,
            FileAccess files,
            InputStream in,
            OutputStream out,
            OutputStream err,
            Programs programs) {
        this.frames = frames;
        this.files = files;
        this.in = in;
        this.out = out;
        this.err = err;
        this.programs = programs;
    }

    /**
     * Runs a command in the daemon.
     *
     * @return its exit code
     * @throws IOException if the connection broke before the command's end
     */
    public int run(String command, List<String> arguments, Map<String, String> environment)
            throws IOException {
        frames.send(new Exec(FrameStream.PROTOCOL_VERSION, command, arguments, environment));
        while (true) {
            switch (frames.receive()) {
                case null -> throw new EOFException("the daemon closed the connection");
                case Output(byte[] bytes) -> {
                    out.write(bytes);
                    out.flush();
                }
                case ErrorOutput(byte[] bytes) -> {
                    err.write(bytes);
                    err.flush();
                }
                case ReadInput(int max) -> frames.send(new Input(readInput(max)));
                case ReadKeys(int millis) -> frames.send(new Input(programs.keys(millis)));
                case FileCall call -> frames.send(perform(call));
                case Exit(int code) -> {
                    return code;
                }
                case RunProgram call -> frames.send(run(call));
                case GoToBackground() -> frames.send(goToBackground());
                case Exec _, Input _, FileReply _, ProgramEnded _, RunYourself _ ->
                        throw new IOException("the daemon sent an unexpected frame");
            }
        }
    }

    private ProgramEnded run(RunProgram call) {
        try {
            if (call.waits()) {
                return new ProgramEnded(null, programs.run(call.words(), call.environment()));
            }
            programs.start(call.words(), call.environment());
            return new ProgramEnded(null, 0);
        } catch (IOException e) {
            return new ProgramEnded(String.valueOf(e.getMessage()), 0);
        }
    }

    private ProgramEnded goToBackground() {
        try {
            programs.goToBackground();
            return new ProgramEnded(null, 0);
        } catch (IOException e) {
            return new ProgramEnded(String.valueOf(e.getMessage()), 0);
        }
    }

    private byte[] readInput(int max) throws IOException {
        byte[] bytes = new byte[Math.clamp(max, 1, INPUT_BYTES_MAX)];
        int length = in.read(bytes);
        return length <= 0 ? NOTHING : Arrays.copyOf(bytes, length);
    }

    private FileReply perform(FileCall call) {
        String path = call.path();
        try {
            return switch (call.action()) {
                case EXISTS -> flag(files.exists(path));
                case IS_DIRECTORY -> flag(files.isDirectory(path));
                case READ -> new FileReply(null, false, files.read(path), List.of());
                case WRITE -> {
                    files.write(path, call.content());
                    yield flag(true);
                }
                case DELETE -> {
                    files.delete(path);
                    yield flag(true);
                }
                case CREATE_DIRECTORIES -> {
                    files.createDirectories(path);
                    yield flag(true);
                }
                case LIST -> new FileReply(null, false, NOTHING, files.list(path));
            };
        } catch (IOException e) {
            String reason = e.getMessage();
            return new FileReply(reason == null ? e.toString() : reason, false, NOTHING, List.of());
        }
    }

    private static FileReply flag(boolean value) {
        return new FileReply(null, value, NOTHING, List.of());
    }
}

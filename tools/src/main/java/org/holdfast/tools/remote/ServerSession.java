package org.holdfast.tools.remote;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.holdfast.tools.remote.Frame.ErrorOutput;
import org.holdfast.tools.remote.Frame.Exit;
import org.holdfast.tools.remote.Frame.Input;
import org.holdfast.tools.remote.Frame.Output;
import org.holdfast.tools.remote.Frame.ReadInput;

/**
 * The daemon's end of one command: standard streams and files that live in the client. Every method
 * belongs to the session's one thread.
 */
final class ServerSession {

    private static final int OUTPUT_BUFFER_BYTES = 64 << 10;
    private static final int OUTPUT_FRAME_BYTES_MAX = 1 << 20;

    private final FrameStream frames;
    private final PrintStream out;
    private final PrintStream err;

    ServerSession(FrameStream frames) {
        this.frames = frames;
        this.out = new PrintStream(buffered(false), false, StandardCharsets.UTF_8);
        this.err = new PrintStream(buffered(true), false, StandardCharsets.UTF_8);
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    InputStream in() {
        return new InputStream() {
            private long taken;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                if (!(ask(new ReadInput(length)) instanceof Input(byte[] bytes))
                        || bytes.length > length) {
                    throw new IOException("the client sent an unexpected answer");
                }
                taken += bytes.length;
                if (taken > FrameStream.FRAME_BYTES_MAX) {
                    // As of a file; an input without end must not fill the daemon's memory
                    throw new IOException(
                            "Input too large: at most " + FrameStream.FRAME_BYTES_MAX + " bytes");
                }
                System.arraycopy(bytes, 0, into, offset, bytes.length);
                return bytes.length == 0 ? -1 : bytes.length;
            }
        };
    }

    /** Sends what was printed, then a question, and waits for its answer. */
    Frame ask(Frame question) throws IOException {
        flush();
        frames.send(question);
        Frame answer = frames.receive();
        if (answer == null) {
            throw new EOFException("the client has gone");
        }
        return answer;
    }

    void exit(int code) throws IOException {
        flush();
        frames.send(new Exit(code));
    }

    private void flush() {
        err.flush();
        out.flush();
    }

    private OutputStream buffered(boolean isError) {
        return new BufferedOutputStream(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] from, int offset, int length) throws IOException {
                        int end = offset + length;
                        for (int at = offset; at < end; at += OUTPUT_FRAME_BYTES_MAX) {
                            byte[] bytes =
                                    Arrays.copyOfRange(
                                            from, at, Math.min(end, at + OUTPUT_FRAME_BYTES_MAX));
                            frames.send(isError ? new ErrorOutput(bytes) : new Output(bytes));
                        }
                    }
                },
                OUTPUT_BUFFER_BYTES);
    }
}

package org.holdfast.tools.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.tools.remote.Frame.ErrorOutput;
import org.holdfast.tools.remote.Frame.Exec;
import org.holdfast.tools.remote.Frame.Exit;
import org.holdfast.tools.remote.Frame.FileAction;
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
import org.jspecify.annotations.Nullable;

/**
 * Frames over a stream: a length of four bytes (big-endian, of what follows), a type byte, the
 * fields. Every length is checked against a limit before anything is allocated. Not thread-safe;
 * one thread drives one side of a session.
 */
public final class FrameStream implements Closeable {

    /** Raised when a frame changes its meaning. */
    public static final int PROTOCOL_VERSION = 1;

    /** Largest frame; bounds the size of a file that a command can read or write. */
    public static final int FRAME_BYTES_MAX = 64 << 20;

    private static final int LIST_ENTRIES_MAX = 100_000;

    private static final int EXEC = 1;
    private static final int INPUT = 2;
    private static final int FILE_REPLY = 3;
    private static final int OUTPUT = 16;
    private static final int ERROR_OUTPUT = 17;
    private static final int READ_INPUT = 18;
    private static final int FILE_CALL = 19;
    private static final int EXIT = 20;
    private static final int RUN_YOURSELF = 21;
    private static final int PROGRAM_ENDED = 4;
    private static final int RUN_PROGRAM = 22;
    private static final int GO_TO_BACKGROUND = 23;
    private static final int READ_KEYS = 24;

    private final DataInputStream in;
    private final OutputStream out;
    private final Room room;

    /** Where a frame's bytes are to be held. */
    @FunctionalInterface
    interface Room {

        /**
         * Called before a frame of so many bytes is read.
         *
         * @throws IOException if there is no room for it; the frame stays unread
         */
        void take(int bytes) throws IOException;
    }

    /** Frames over these streams, which {@link #close} closes. */
    public FrameStream(InputStream in, OutputStream out) {
        this(in, out, _ -> {});
    }

    /** As the other one, for an end that has to keep house with its memory. */
    FrameStream(InputStream in, OutputStream out, Room room) {
        this.room = room;
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /**
     * Sends a frame at once.
     *
     * @throws IOException if the other side is gone or the frame is too large
     */
    public void send(Frame frame) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeInt(0); // becomes the length
        encode(frame, data);
        byte[] all = bytes.toByteArray();
        int length = all.length - Integer.BYTES;
        if (length > FRAME_BYTES_MAX) {
            throw new IOException("File too large: at most " + FRAME_BYTES_MAX + " bytes");
        }
        for (int i = 0; i < Integer.BYTES; i++) {
            all[i] = (byte) (length >>> (24 - 8 * i));
        }
        out.write(all);
        out.flush();
    }

    /**
     * Waits for the next frame.
     *
     * @return the frame, or null if the other side has closed between two frames
     * @throws IOException if the other side is gone or sends what is not a frame
     */
    public @Nullable Frame receive() throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int length =
                first << 24
                        | in.readUnsignedByte() << 16
                        | in.readUnsignedByte() << 8
                        | in.readUnsignedByte();
        if (length < 1 || length > FRAME_BYTES_MAX) {
            throw new IOException("frame of " + length + " bytes");
        }
        takeRoom(length);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("frame cut off");
        }
        DataInputStream data = new DataInputStream(new ByteArrayInputStream(body));
        Frame frame = decode(data);
        if (data.available() > 0) {
            throw new IOException("bytes behind the end of a frame");
        }
        return frame;
    }

    /** A frame that does not fit is skipped, so that its sender can be told so. */
    private void takeRoom(int length) throws IOException {
        try {
            room.take(length);
        } catch (IOException e) {
            in.skipNBytes(length);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try (out) {
            in.close();
        }
    }

    private static void encode(Frame frame, DataOutputStream data) throws IOException {
        switch (frame) {
            case Exec(int protocol, var command, var arguments, var environment) -> {
                data.writeByte(EXEC);
                data.writeInt(protocol);
                writeText(data, command);
                writeTexts(data, arguments);
                writeVariables(data, environment);
            }
            case Input(byte[] bytes) -> {
                data.writeByte(INPUT);
                writeBytes(data, bytes);
            }
            case FileReply(var error, boolean flag, byte[] content, var names) -> {
                data.writeByte(FILE_REPLY);
                data.writeBoolean(error != null);
                writeText(data, error == null ? "" : error);
                data.writeBoolean(flag);
                writeBytes(data, content);
                writeTexts(data, names);
            }
            case Output(byte[] bytes) -> {
                data.writeByte(OUTPUT);
                writeBytes(data, bytes);
            }
            case ErrorOutput(byte[] bytes) -> {
                data.writeByte(ERROR_OUTPUT);
                writeBytes(data, bytes);
            }
            case ReadInput(int max) -> {
                data.writeByte(READ_INPUT);
                data.writeInt(max);
            }
            case FileCall(FileAction action, String path, byte[] content) -> {
                data.writeByte(FILE_CALL);
                data.writeByte(action.ordinal());
                writeText(data, path);
                writeBytes(data, content);
            }
            case Exit(int code) -> {
                data.writeByte(EXIT);
                data.writeInt(code);
            }
            case RunYourself() -> data.writeByte(RUN_YOURSELF);
            case ProgramEnded(var error, int status) -> {
                data.writeByte(PROGRAM_ENDED);
                data.writeBoolean(error != null);
                writeText(data, error == null ? "" : error);
                data.writeInt(status);
            }
            case RunProgram(var words, var environment, boolean waits) -> {
                data.writeByte(RUN_PROGRAM);
                writeTexts(data, words);
                writeVariables(data, environment);
                data.writeBoolean(waits);
            }
            case GoToBackground() -> data.writeByte(GO_TO_BACKGROUND);
            case ReadKeys(int millis) -> {
                data.writeByte(READ_KEYS);
                data.writeInt(millis);
            }
        }
    }

    private static Frame decode(DataInputStream data) throws IOException {
        int type = data.readUnsignedByte();
        return switch (type) {
            case EXEC ->
                    new Exec(data.readInt(), readText(data), readTexts(data), readVariables(data));
            case INPUT -> new Input(readBytes(data));
            case FILE_REPLY -> {
                boolean failed = data.readBoolean();
                String error = readText(data);
                yield new FileReply(
                        failed ? error : null,
                        data.readBoolean(),
                        readBytes(data),
                        readTexts(data));
            }
            case OUTPUT -> new Output(readBytes(data));
            case ERROR_OUTPUT -> new ErrorOutput(readBytes(data));
            case READ_INPUT -> new ReadInput(data.readInt());
            case FILE_CALL -> new FileCall(readAction(data), readText(data), readBytes(data));
            case EXIT -> new Exit(data.readInt());
            case RUN_YOURSELF -> new RunYourself();
            case PROGRAM_ENDED -> {
                boolean failed = data.readBoolean();
                String error = readText(data);
                yield new ProgramEnded(failed ? error : null, data.readInt());
            }
            case RUN_PROGRAM ->
                    new RunProgram(readTexts(data), readVariables(data), data.readBoolean());
            case GO_TO_BACKGROUND -> new GoToBackground();
            case READ_KEYS -> new ReadKeys(data.readInt());
            default -> throw new IOException("frame of unknown type " + type);
        };
    }

    private static FileAction readAction(DataInputStream data) throws IOException {
        int number = data.readUnsignedByte();
        FileAction[] actions = FileAction.values();
        if (number >= actions.length) {
            throw new IOException("unknown file action " + number);
        }
        return actions[number];
    }

    private static void writeVariables(DataOutputStream data, Map<String, String> variables)
            throws IOException {
        data.writeInt(variables.size());
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            writeText(data, variable.getKey());
            writeText(data, variable.getValue());
        }
    }

    private static Map<String, String> readVariables(DataInputStream data) throws IOException {
        int count = readCount(data);
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            variables.put(readText(data), readText(data));
        }
        return variables;
    }

    private static void writeText(DataOutputStream data, String text) throws IOException {
        writeBytes(data, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(DataInputStream data) throws IOException {
        return new String(readBytes(data), StandardCharsets.UTF_8);
    }

    private static void writeTexts(DataOutputStream data, List<String> texts) throws IOException {
        data.writeInt(texts.size());
        for (String text : texts) {
            writeText(data, text);
        }
    }

    private static List<String> readTexts(DataInputStream data) throws IOException {
        int count = readCount(data);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(readText(data));
        }
        return texts;
    }

    private static int readCount(DataInputStream data) throws IOException {
        int count = data.readInt();
        if (count < 0 || count > LIST_ENTRIES_MAX) {
            throw new IOException("list of " + count + " entries");
        }
        return count;
    }

    private static void writeBytes(DataOutputStream data, byte[] bytes) throws IOException {
        data.writeInt(bytes.length);
        data.write(bytes);
    }

    private static byte[] readBytes(DataInputStream data) throws IOException {
        int length = data.readInt();
        // The frame is in memory already: what it still holds bounds every field.
        if (length < 0 || length > data.available()) {
            throw new IOException("field of " + length + " bytes");
        }
        return data.readNBytes(length);
    }
}

package org.holdfast.tools.remote;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message between a thin client and the daemon. */
public sealed interface Frame {

    /**
     * Client, first and once: run this command.
     *
     * @param protocol the client's {@link FrameStream#PROTOCOL_VERSION}
     * @param command the command's usual name
     * @param arguments what the user typed behind it
     * @param environment the client's environment
     */
    record Exec(
            int protocol, String command, List<String> arguments, Map<String, String> environment)
            implements Frame {}

    /** Client: standard input as asked for; empty at its end. */
    record Input(byte[] bytes) implements Frame {}

    /**
     * Client: outcome of a {@link FileCall}.
     *
     * @param error the system's reason if it failed, else null
     * @param flag what EXISTS and IS_DIRECTORY found
     * @param content what READ read; else empty
     * @param names what LIST found; else empty
     */
    record FileReply(@Nullable String error, boolean flag, byte[] content, List<String> names)
            implements Frame {}

    /**
     * Client: outcome of a {@link RunProgram} or a {@link GoToBackground}.
     *
     * @param error the system's reason if it failed, else null
     * @param status the program's exit status, 0 if nobody waits for it
     */
    record ProgramEnded(@Nullable String error, int status) implements Frame {}

    /** Daemon: bytes for standard output. */
    record Output(byte[] bytes) implements Frame {}

    /** Daemon: bytes for standard error. */
    record ErrorOutput(byte[] bytes) implements Frame {}

    /** Daemon: asks for up to {@code max} bytes of standard input; answered by {@link Input}. */
    record ReadInput(int max) implements Frame {}

    /**
     * Daemon: asks the client to do something to one of its user's files; answered by {@link
     * FileReply}.
     *
     * @param action what to do
     * @param path as the user gave it
     * @param content what WRITE writes; else empty
     */
    record FileCall(FileAction action, String path, byte[] content) implements Frame {}

    /**
     * Daemon: asks the client to run one of its user's programs; answered by {@link ProgramEnded}.
     *
     * @param words the program and its arguments
     * @param environment variables that are set in addition
     * @param waits whether the answer comes when the program has ended
     */
    record RunProgram(List<String> words, Map<String, String> environment, boolean waits)
            implements Frame {}

    /**
     * Daemon: asks the client to go on in a process of its own without a terminal, while the one
     * that the user started ends; answered by {@link ProgramEnded}.
     */
    record GoToBackground() implements Frame {}

    /**
     * Daemon: asks for what the user types, while the terminal passes on each key at once and does
     * not show it; answered by {@link Input}, empty if nothing was typed or there is no terminal.
     *
     * @param millis how long to wait for a key
     */
    record ReadKeys(int millis) implements Frame {}

    /** Daemon, last: the command has ended. */
    record Exit(int code) implements Frame {}

    /**
     * Daemon, in place of everything else: the command works on files only, so the client's own
     * process should run it.
     */
    record RunYourself() implements Frame {}

    /** What a {@link FileCall} asks for; the order is part of the protocol. */
    enum FileAction {
        /** Whether it exists. */
        EXISTS,
        /** Whether it is a directory. */
        IS_DIRECTORY,
        /** Its content. */
        READ,
        /** Replace its content. */
        WRITE,
        /** Remove it. */
        DELETE,
        /** Create it and its parents as directories. */
        CREATE_DIRECTORIES,
        /** The names in it. */
        LIST
    }
}

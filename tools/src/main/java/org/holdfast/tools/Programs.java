package org.holdfast.tools;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Programs of the user's choice (an editor, a shell, what {@code crm_mon} calls), which run as the
 * user, in the user's directory and terminal, and never in the daemon. For one command's thread.
 */
public interface Programs {

    /** Of a command that cannot start any. */
    Programs NONE =
            new Programs() {
                @Override
                public int run(List<String> words, Map<String, String> environment)
                        throws IOException {
                    throw new IOException(NOT_HERE);
                }

                @Override
                public void start(List<String> words, Map<String, String> environment)
                        throws IOException {
                    throw new IOException(NOT_HERE);
                }

                @Override
                public byte[] keys(int millis) throws IOException {
                    throw new IOException(NOT_HERE);
                }

                @Override
                public void goToBackground() throws IOException {
                    throw new IOException(NOT_HERE);
                }
            };

    /** The system's words for what cannot be done. */
    String NOT_HERE = "Operation not supported";

    /**
     * Runs a program with the user's standard streams to its end.
     *
     * @param words the program, looked for in the user's path, and its arguments
     * @param environment variables that are set in addition to the user's
     * @return its exit status; 128 and the signal's number if a signal ended it
     * @throws IOException with the system's reason if it cannot be started
     */
    int run(List<String> words, Map<String, String> environment) throws IOException;

    /**
     * Starts a program and does not wait for its end.
     *
     * @throws IOException with the system's reason if it cannot be started
     */
    void start(List<String> words, Map<String, String> environment) throws IOException;

    /**
     * What the user types at the terminal, which from the first call to the process's end passes on
     * each key at once and does not show it.
     *
     * @param millis how long to wait for a key
     * @return the keys, as the terminal sends them; empty if nothing was typed or there is no
     *     terminal
     * @throws IOException if the user has gone
     */
    byte[] keys(int millis) throws IOException;

    /**
     * Ends the user's process with success, while the command goes on without a terminal.
     *
     * @throws IOException with the system's reason if that cannot be done
     */
    void goToBackground() throws IOException;
}

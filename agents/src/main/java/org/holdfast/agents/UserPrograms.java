package org.holdfast.agents;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Starts programs that the user of a command chose, in the command's own process and terminal. */
public final class UserPrograms {

    private UserPrograms() {}

    /**
     * Starts a program with this process's standard streams, directory and environment.
     *
     * @param words the program, looked for in the path, and its arguments
     * @param environment variables that are set in addition
     * @param waits whether to wait for its end
     * @return its exit status; 0 if it is not waited for
     * @throws IOException with the system's reason if it cannot be started
     */
    public static int run(List<String> words, Map<String, String> environment, boolean waits)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException(reason(String.valueOf(e.getMessage())), e);
        }
        try {
            return waits ? process.waitFor() : 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted system call", e);
        }
    }

    /** The system's words at the end of Java's. */
    private static String reason(String message) {
        int comma = message.lastIndexOf(", ");
        return comma < 0 ? message : message.substring(comma + 2);
    }
}

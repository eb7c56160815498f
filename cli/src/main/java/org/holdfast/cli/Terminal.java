package org.holdfast.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.holdfast.agents.UserPrograms;

/**
 * The terminal that the process reads from. A virtual machine cannot change how it works; {@code
 * stty} does it, and undoes it at the end. For one thread.
 */
final class Terminal {

    private static final int LOOK_MILLIS = 50;

    private boolean started;
    private boolean isTerminal;

    /** Keys that were typed, after waiting for them at most so many milliseconds. */
    byte[] keys(int millis) throws IOException {
        if (!started) {
            started = true;
            isTerminal = stty("-icanon", "-echo", "min", "1");
            if (isTerminal) {
                Runtime.getRuntime().addShutdownHook(new Thread(Terminal::restore));
            }
        }
        try {
            for (int waited = 0; waited < millis; waited += LOOK_MILLIS) {
                if (isTerminal && System.in.available() > 0) {
                    return System.in.readNBytes(System.in.available());
                }
                Thread.sleep(Math.min(LOOK_MILLIS, millis - waited));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new byte[0];
    }

    private static void restore() {
        try {
            stty("icanon", "echo");
        } catch (IOException gone) {
            // Without a terminal there is nothing to restore.
        }
    }

    /** Whether standard input is a terminal that could be set so. */
    private static boolean stty(String... settings) throws IOException {
        return System.console() != null && UserPrograms.run(words(settings), Map.of(), true) == 0;
    }

    private static List<String> words(String... settings) {
        List<String> words = new java.util.ArrayList<>(List.of("stty"));
        words.addAll(List.of(settings));
        return words;
    }
}

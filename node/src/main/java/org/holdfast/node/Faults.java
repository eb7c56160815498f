package org.holdfast.node;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A fault as one line for the log, with the way that led to it. */
final class Faults {

    private static final int CHARS_MAX = 8000;

    private Faults() {}

    static String describe(Throwable fault) {
        StringWriter text = new StringWriter();
        try (PrintWriter writer = new PrintWriter(text)) {
            fault.printStackTrace(writer);
        }
        String line = text.toString().strip().replaceAll("\\s*\n\\s*", " | ");
        return line.length() <= CHARS_MAX ? line : line.substring(0, CHARS_MAX) + "...";
    }
}

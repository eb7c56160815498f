package org.holdfast.tools.attribute;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;

/** Runs one command as a part of another. */
final class Delegate {

    /**
     * What a command said and how it ended.
     *
     * @param exitCode its exit code
     * @param output its standard output
     */
    record Outcome(int exitCode, String output) {}

    private Delegate() {}

    /**
     * Arguments as a shell passes them that does not quote them: values with spaces are several
     * words, empty ones none. The real commands are shell scripts that do so.
     */
    static List<String> unquoted(List<String> arguments) {
        List<String> words = new ArrayList<>();
        for (String argument : arguments) {
            for (String word : argument.split("[ \t\n]+")) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
        }
        return words;
    }

    static int run(Tool tool, ToolContext context, List<String> arguments) {
        return tool.run(context.withArguments(arguments));
    }

    /** Runs a command and keeps its output; errors go where they would go, unless silent. */
    static Outcome capture(Tool tool, ToolContext context, List<String> arguments, boolean silent) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printer = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream errors =
                silent
                        ? new PrintStream(
                                new ByteArrayOutputStream(), false, StandardCharsets.UTF_8)
                        : context.err();
        int exitCode =
                tool.run(
                        new ToolContext(
                                List.copyOf(arguments),
                                context.environment(),
                                context.in(),
                                printer,
                                errors,
                                context.files(),
                                context.clock(),
                                context.cluster()));
        printer.flush();
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8).stripTrailing());
    }
}

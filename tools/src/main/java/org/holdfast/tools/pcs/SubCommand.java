package org.holdfast.tools.pcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;

/** Runs another command within pcs and keeps what it prints. */
final class SubCommand {

    /**
     * What came of it.
     *
     * @param code its exit code
     * @param out its standard output
     * @param err its standard error
     */
    record Result(int code, String out, String err) {}

    private SubCommand() {}

    /** Runs a command on the same CIB as this run of pcs. */
    static Result run(PcsRun run, Tool tool, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ToolContext context = run.context();
        Map<String, String> environment = new LinkedHashMap<>(context.environment());
        String file = run.options().value("-f");
        if (file != null) {
            environment.put("CIB_file", file);
        }
        int code;
        try (PrintStream printed = new PrintStream(out, false, UTF_8);
                PrintStream complained = new PrintStream(err, false, UTF_8)) {
            code =
                    tool.run(
                            new ToolContext(
                                    arguments,
                                    environment,
                                    context.in(),
                                    printed,
                                    complained,
                                    context.files(),
                                    context.clock(),
                                    file == null ? context.cluster() : null,
                                    context.agents()));
        }
        return new Result(code, out.toString(UTF_8), err.toString(UTF_8));
    }
}

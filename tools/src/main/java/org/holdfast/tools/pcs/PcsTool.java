package org.holdfast.tools.pcs;

import java.util.List;
import java.util.Map;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;

/** {@code pcs}. */
public final class PcsTool implements Tool {

    /** The version of pcs whose syntax and output this follows. */
    private static final String VERSION = "0.12.3";

    @Override
    public String name() {
        return "pcs";
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return !arguments.contains("-f");
    }

    @Override
    public int run(ToolContext context) {
        Console console = new Console(context.out(), context.err());
        try {
            PcsOptions options = options(context, console);
            if (options.has("--version")) {
                console.print(VERSION);
                return 0;
            }
            if (options.has("-h") || options.has("--help") || options.words().isEmpty()) {
                boolean asked = options.has("-h") || options.has("--help");
                String text = Usage.of(options.words());
                if (asked) {
                    console.print(text);
                } else {
                    console.info(text);
                }
                return asked ? 0 : 1;
            }
            PcsRun run = new PcsRun(context, options, console);
            try {
                Commands.root().run(run, options.words());
            } catch (PcsFailure failure) {
                if (failure.kind() != PcsFailure.Kind.USAGE) {
                    throw failure;
                }
                List<String> words = options.words();
                boolean known = !words.isEmpty() && Commands.AREAS.contains(words.getFirst());
                throw run.explain(failure, known ? words.subList(0, 1) : List.of());
            }
            return 0;
        } catch (PcsFailure failure) {
            String message = failure.getMessage();
            if (message != null) {
                console.error(message);
            }
            return failure.exitCode();
        }
    }

    private static PcsOptions options(ToolContext context, Console console) {
        try {
            return PcsOptions.parse(context.arguments(), console);
        } catch (PcsFailure failure) {
            if (failure.kind() == PcsFailure.Kind.USAGE) {
                console.error(String.valueOf(failure.getMessage()));
                console.info(Usage.of(List.of()));
                throw PcsFailure.exit(1);
            }
            throw failure;
        }
    }
}

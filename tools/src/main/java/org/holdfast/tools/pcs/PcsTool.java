package org.holdfast.tools.pcs;

import java.util.List;
import java.util.Map;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;

/** {@code pcs}. */
public final class PcsTool implements Tool {

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
            PcsOptions options = PcsOptions.parse(context.arguments(), console);
            PcsRun run = new PcsRun(context, options, console);
            try {
                Commands.root().run(run, options.words());
            } catch (PcsFailure failure) {
                if (failure.kind() != PcsFailure.Kind.USAGE) {
                    throw failure;
                }
                List<String> words = options.words();
                throw run.explain(failure, words.isEmpty() ? List.of() : words.subList(0, 1));
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
}

package org.holdfast.tools.pcs;

import java.util.List;
import org.holdfast.tools.AgentCatalog;
import org.holdfast.tools.ToolContext;
import org.jspecify.annotations.Nullable;

/** One run of pcs: what the user gave, where to print, the CIB when somebody needs it. */
final class PcsRun {

    private final ToolContext context;
    private final PcsOptions options;
    private final Console console;
    private @Nullable CibEditor cib;

    PcsRun(ToolContext context, PcsOptions options, Console console) {
        this.context = context;
        this.options = options;
        this.console = console;
    }

    ToolContext context() {
        return context;
    }

    PcsOptions options() {
        return options;
    }

    Console console() {
        return console;
    }

    AgentCatalog agents() {
        return context.agents();
    }

    boolean isLive() {
        return !options.has("-f");
    }

    /** The CIB, loaded at the first call. */
    CibEditor cib() {
        CibEditor editor = cib;
        if (editor == null) {
            String file = options.value("-f");
            editor =
                    new CibEditor(
                            file == null
                                    ? new LiveCib(context.cluster())
                                    : new FileCib(context.files(), file));
            cib = editor;
        }
        return editor;
    }

    /** Prints what is wrong with a command line, or how to use the command. */
    PcsFailure explain(PcsFailure failure, List<String> command) {
        if (failure.getMessage() != null) {
            console.error(failure.getMessage());
        }
        if (failure.hint() != null) {
            console.info("Hint: " + failure.hint());
        }
        if (failure.getMessage() == null) {
            console.info(Usage.of(command));
        }
        return PcsFailure.exit(1);
    }
}

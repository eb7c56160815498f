package org.holdfast.tools.attribute;

import java.util.List;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.crm.frame.CrmTool;

/**
 * A command that the real stack has as a shell script around others: its command line is read by
 * getopt(1), and its changes are recorded as crm_attribute's.
 */
abstract class ScriptTool implements Tool {

    private final String name;
    private final String letters;
    private final List<String> options;
    private final String usage;
    private final int misuse;

    /**
     * Describes the command line.
     *
     * @param letters short options; those followed by a colon take a value
     * @param options long options; those followed by a colon take a value
     * @param usage what is printed for {@code --help} and after a mistake
     * @param misuse the exit code of a mistake in the command line
     */
    ScriptTool(String name, String letters, List<String> options, String usage, int misuse) {
        this.name = name;
        this.letters = letters;
        this.options = options;
        this.usage = usage;
        this.misuse = misuse;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String clientName() {
        return "crm_attribute";
    }

    @Override
    public final int run(ToolContext context) {
        Getopt command = Getopt.parse(context.arguments(), letters, options);
        if (command.error() != null) {
            return refuse(context, name + ": " + command.error());
        }
        for (Getopt.Option option : command.options()) {
            if (option.name().equals("--help")) {
                context.out().print(usage);
                return 0;
            }
            if (option.name().equals("--version")) {
                context.out().println("Pacemaker " + CrmTool.PACEMAKER_VERSION);
                return 0;
            }
        }
        return run(context, command.options());
    }

    /** Runs the command once, with options among which are neither help nor version. */
    abstract int run(ToolContext context, List<Getopt.Option> options);

    /** Says what is wrong with the command line. */
    final int refuse(ToolContext context, String mistake) {
        context.err().println(mistake);
        context.out().print(usage);
        return misuse;
    }
}

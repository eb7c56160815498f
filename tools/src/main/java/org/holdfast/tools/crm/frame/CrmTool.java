package org.holdfast.tools.crm.frame;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;
import org.jspecify.annotations.Nullable;

/** A command in Pacemaker's manner: options, a form of output, errors behind the command's name. */
public abstract class CrmTool implements Tool {

    /** Version that {@code --version} shows: that of the Pacemaker that we follow. */
    public static final String PACEMAKER_VERSION = "3.0.2";

    private static final int LONG_TEXT = 16 << 10;

    private final String name;

    /** A command of a name. */
    protected CrmTool(String name) {
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    /** The options that the command knows. */
    protected abstract OptionSpec options();

    /**
     * Does the command's work.
     *
     * @return the exit code
     * @throws UsageException if the command must end with an error message
     */
    protected abstract int run(Invocation call) throws UsageException;

    /** What is before a message that the form of output cannot carry. */
    protected String signature() {
        return name + ": ";
    }

    /**
     * Exit code for an output that cannot be made.
     *
     * @param rc why, a code of {@link Rc}
     */
    protected int noOutputExitCode(int rc) {
        return ExitCode.ERROR;
    }

    /** Makes an output of a form, or null if the command does not have it. */
    protected @Nullable Output output(
            String format, Consumer<String> out, Consumer<String> err, List<String> commandLine) {
        return switch (format) {
            case "text" -> new TextOutput(out, err);
            case "xml" -> new XmlOutput(out, commandLine);
            case "none" -> new NoOutput();
            default -> null;
        };
    }

    @Override
    public final int run(ToolContext context) {
        Arguments arguments;
        OptionSpec spec = options();
        Arguments.notices(spec, context.arguments()).forEach(context.err()::println);
        try {
            arguments = Arguments.parse(spec, context.arguments(), context.environment());
        } catch (UsageException e) {
            context.err().println(name + ": " + e.text());
            return e.exitCode();
        }
        if (arguments.given().stream().anyMatch(option -> OptionSpec.isHelp(option.name()))) {
            context.out().print(spec.help(name));
            return ExitCode.OK;
        }
        return withOutput(context, arguments);
    }

    /** The name of the form of output that was asked for. */
    protected String format(Arguments arguments) {
        String given = arguments.value("output-as");
        return given == null ? "text" : given;
    }

    private int withOutput(ToolContext context, Arguments arguments) {
        String format = format(arguments);
        String destination = arguments.value("output-to");
        boolean toFile = destination != null && !destination.equals("-");
        StringBuilder file = new StringBuilder();
        List<String> commandLine = new ArrayList<>(List.of(name));
        commandLine.addAll(context.arguments());
        Output out =
                output(
                        format,
                        toFile ? file::append : text -> print(context.out(), text),
                        context.err()::print,
                        commandLine);
        if (out == null) {
            return noOutput(context, format, Rc.UNKNOWN_FORMAT, Rc.describe(Rc.UNKNOWN_FORMAT));
        }
        if (toFile) {
            try {
                context.files().write(String.valueOf(destination), new byte[0]);
            } catch (IOException e) {
                return noOutput(context, format, e);
            }
        }
        int exitCode;
        try {
            exitCode = runTo(new Invocation(context, arguments, out));
        } catch (AbruptEnd e) {
            context.err().println(name + ": " + e.getMessage());
            return e.exitCode();
        }
        out.finish(exitCode);
        if (toFile) {
            try {
                context.files()
                        .write(
                                String.valueOf(destination),
                                file.toString().getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                return noOutput(context, format, e);
            }
        }
        return exitCode;
    }

    /** A print stream passes long text on in small pieces, so that is encoded here. */
    private static void print(PrintStream out, String text) {
        if (text.length() < LONG_TEXT) {
            out.print(text);
        } else {
            byte[] bytes = text.getBytes(out.charset());
            out.write(bytes, 0, bytes.length);
        }
    }

    private int noOutput(ToolContext context, String format, IOException e) {
        return noOutput(context, format, FileErrors.returnCode(e), String.valueOf(e.getMessage()));
    }

    private int noOutput(ToolContext context, String format, int rc, String why) {
        context.err().println(signature() + "Error creating output format " + format + ": " + why);
        return noOutputExitCode(rc);
    }

    private int runTo(Invocation call) {
        if (call.has("version")) {
            showVersion(call.out());
            return ExitCode.OK;
        }
        int exitCode;
        String error = "";
        try {
            exitCode = run(call);
        } catch (UsageException e) {
            exitCode = e.exitCode();
            error = e.text();
        }
        String first = call.arguments().unreadable();
        if (first != null || !error.isEmpty()) {
            call.out().error(name + ": " + (first == null ? error : first));
        }
        return exitCode;
    }

    /** Shows the version, in the words of most commands. */
    protected void showVersion(Output out) {
        out.info("Pacemaker " + PACEMAKER_VERSION);
        out.info("Provided by Holdfast");
        XmlOutput xml = out.xml();
        if (xml != null) {
            xml.add("version")
                    .set("program", "Pacemaker")
                    .set("version", PACEMAKER_VERSION)
                    .set("author", "Holdfast")
                    .set("build", "")
                    .set("features", "");
        }
    }
}

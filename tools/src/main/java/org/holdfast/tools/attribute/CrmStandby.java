package org.holdfast.tools.attribute;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;

/** crm_standby(8): shows and sets whether a node is on standby; by way of crm_attribute. */
public final class CrmStandby extends ScriptTool {

    private static final String USAGE =
            """

            Usage: crm_standby <command> [options]

            Common options:
             --help                 Display this text, then exit
             --version              Display version information, then exit
             -V, --verbose          Specify multiple times to increase debug output
             -q, --quiet            Print only the standby status (if querying)

            Commands:
             -G, --query            Query the current value of standby mode (on/off)
             -v, --update=VALUE     Update the value of standby mode (on/off)
             -D, --delete           Let standby mode use default value

            Additional Options:
             -N, --node=NODE        Operate on the named node instead of the current one
             -l, --lifetime=VALUE   Until when should the setting take effect
                                    (valid values: reboot, forever)
             -i, --id=VALUE         (Advanced) XML ID used to identify standby attribute
            """;

    private static final List<String> NAMES =
            List.of(
                    "help",
                    "version",
                    "verbose",
                    "quiet",
                    "query",
                    "update:",
                    "delete",
                    "node:",
                    "lifetime:",
                    "id:",
                    "uname:",
                    "get-value",
                    "delete-attr",
                    "attr-value:",
                    "attr-id:");

    /** The command. */
    public CrmStandby() {
        super("crm_standby", "VqGv:DN:l:i:U:Q", NAMES, USAGE, ExitCode.ERROR);
    }

    @Override
    int run(ToolContext context, List<Getopt.Option> given) {
        List<String> options = new ArrayList<>();
        String target = "";
        char what = 0;
        boolean lifetime = false;
        for (Getopt.Option option : given) {
            switch (option.name()) {
                case "-q", "--quiet", "-V", "--verbose", "-Q" -> options.add(option.name());
                case "-N", "--node", "-U", "--uname" -> target = option.value();
                case "-G", "--query", "--get-value" -> {
                    options.add("--query");
                    what = 'g';
                }
                case "-v", "--update", "--attr-value" -> {
                    options.addAll(List.of("--update", option.value()));
                    what = 'u';
                }
                case "-D", "--delete", "--delete-attr" -> {
                    options.add("--delete");
                    what = 'd';
                }
                case "-l", "--lifetime" -> {
                    options.addAll(List.of("--lifetime", option.value()));
                    lifetime = true;
                }
                case "-i", "--id", "--attr-id" -> options.addAll(List.of("--id", option.value()));
                default -> {
                    // getopt lets no other through
                }
            }
        }
        if (target.isEmpty()) {
            target = LocalNode.told(context);
        }
        options.addAll(0, List.of("-N", target, "-n", "standby"));
        if (what == 0) {
            options.add("-G");
            what = 'g';
        }
        return act(context, Delegate.unquoted(options), what, lifetime);
    }

    private static int act(ToolContext context, List<String> options, char what, boolean lifetime) {
        Tool attribute = new CrmAttribute();
        if (!lifetime && what == 'g') {
            boolean forEver =
                    Delegate.capture(attribute, context, with(options, "-l", "forever"), true)
                                    .exitCode()
                            == 0;
            return Delegate.run(
                    attribute,
                    context,
                    forEver
                            ? with(options, "-l", "forever")
                            : with(options, "-l", "reboot", "-d", "off"));
        }
        if (!lifetime && what == 'd') {
            Delegate.run(attribute, context, with(options, "-l", "forever"));
            Delegate.run(attribute, context, with(options, "-l", "reboot"));
            return 0;
        }
        return Delegate.run(
                attribute, context, lifetime ? options : with(options, "-l", "forever"));
    }

    private static List<String> with(List<String> options, String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return all;
    }
}

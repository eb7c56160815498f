package org.holdfast.tools.attribute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.cib.CibTools;
import org.holdfast.tools.crm.frame.CrmTool;

/** crm_master(8), as older agents call it: promotion scores, by way of crm_attribute. */
public final class CrmMaster implements Tool {

    private static final String USAGE =
            """

            Usage: crm_master <command> [<options>]

            This command is deprecated. Use crm_attribute with the --promotion option
            instead.
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
                    "resource:",
                    "uname:",
                    "get-value",
                    "delete-attr",
                    "attr-value:",
                    "attr-id:");

    /** The command. */
    public CrmMaster() {}

    @Override
    public String name() {
        return "crm_master";
    }

    @Override
    public String clientName() {
        return "crm_attribute";
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return CibTools.usesCluster(environment);
    }

    @Override
    public int run(ToolContext context) {
        Getopt command = Getopt.parse(context.arguments(), "VqGv:DN:l:i:r:U:Q", NAMES);
        if (command.error() != null) {
            context.err().println("crm_master: " + command.error());
            context.out().print(USAGE);
            return 1;
        }
        List<String> options = new ArrayList<>(List.of("--lifetime", "forever"));
        String resource = context.environment().getOrDefault("OCF_RESOURCE_INSTANCE", "");
        for (Getopt.Option option : command.options()) {
            switch (option.name()) {
                case "--help" -> {
                    context.out().print(USAGE);
                    return 0;
                }
                case "--version" -> {
                    context.out().println("Pacemaker " + CrmTool.PACEMAKER_VERSION);
                    return 0;
                }
                case "-r", "--resource" -> resource = option.value();
                default -> {
                    // Old names too go to crm_attribute as they are, which refuses some.
                    options.add(option.name());
                    options.add(option.value());
                }
            }
        }
        if (resource.isEmpty()) {
            context.err().println("error: No resource specified");
            context.out().print(USAGE);
            return 1;
        }
        options.addAll(0, List.of("-n", "master-" + resource));
        return Delegate.run(new CrmAttribute(), context, Delegate.unquoted(options));
    }
}

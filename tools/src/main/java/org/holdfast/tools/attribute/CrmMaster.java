package org.holdfast.tools.attribute;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.tools.ToolContext;

/** crm_master(8), as older agents call it: promotion scores, by way of crm_attribute. */
public final class CrmMaster extends ScriptTool {

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
    public CrmMaster() {
        super("crm_master", "VqGv:DN:l:i:r:U:Q", NAMES, USAGE, ExitCode.ERROR);
    }

    @Override
    int run(ToolContext context, List<Getopt.Option> given) {
        List<String> options = new ArrayList<>(List.of("--lifetime", "forever"));
        String resource = context.environment().getOrDefault("OCF_RESOURCE_INSTANCE", "");
        for (Getopt.Option option : given) {
            switch (option.name()) {
                case "-r", "--resource" -> resource = option.value();
                default -> {
                    // Old names too go to crm_attribute as they are, which refuses some.
                    options.add(option.name());
                    options.add(option.value());
                }
            }
        }
        if (resource.isEmpty()) {
            return refuse(context, "error: No resource specified");
        }
        options.addAll(0, List.of("-n", "master-" + resource));
        return Delegate.run(new CrmAttribute(), context, Delegate.unquoted(options));
    }
}

package org.holdfast.tools.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.UsageException;

/**
 * {@code pacemaker-schedulerd metadata} and the like: a daemon's options in the form of an agent's
 * description, as pcs, crmsh and other programs ask for them.
 */
public final class DaemonMetadata extends CrmTool {

    /** The daemons that have options, by the last part of their names. */
    public enum Daemon {
        /** The scheduler. */
        SCHEDULERD(
                OptionList.CLUSTER,
                "Pacemaker scheduler options",
                "Options of the cluster that the scheduler uses"),
        /** The controller. */
        CONTROLD(
                OptionList.CLUSTER,
                "Pacemaker controller options",
                "Options of the cluster that the controller uses"),
        /** The CIB manager. */
        BASED(
                OptionList.CLUSTER,
                "Cluster Information Base manager options",
                "Options of the cluster that the manager of the CIB uses"),
        /** The fencer. */
        FENCED(
                OptionList.FENCING,
                "Parameters of all fence devices",
                "Parameters that every fence device has and that the fencer uses itself");

        private final OptionList list;
        private final String shortText;
        private final String longText;

        Daemon(OptionList list, String shortText, String longText) {
            this.list = list;
            this.shortText = shortText;
            this.longText = longText;
        }

        private String suffix() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The command's name. */
        public String command() {
            return "pacemaker-" + suffix();
        }
    }

    private final Daemon daemon;

    /** A daemon's command. */
    public DaemonMetadata(Daemon daemon) {
        super(daemon.command());
        this.daemon = daemon;
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return false;
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Describe the options of a part of the cluster: metadata")
                .withOutput();
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        if (!call.arguments().rest().equals(List.of("metadata"))) {
            throw new UsageException(
                    ExitCode.USAGE,
                    daemon.command()
                            + " is a part of holdfastd and is not started by itself; it answers to"
                            + " \"metadata\" only");
        }
        List<String> lines = lines();
        if (call.out().xml() == null) {
            lines.forEach(call.out()::info);
        } else {
            call.out().xmlText("metadata", String.join("\n", lines) + "\n");
        }
        return ExitCode.OK;
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "<resource-agent name=\"%s\" version=\"%s\">"
                        .formatted(daemon.command(), PACEMAKER_VERSION));
        addText(lines, "  ", "version", "", "1.1");
        addText(lines, "  ", "longdesc", " lang=\"en\"", daemon.longText);
        addText(lines, "  ", "shortdesc", " lang=\"en\"", daemon.shortText);
        lines.add("  <parameters>");
        for (ClusterOption option : daemon.list.options()) {
            if (option.daemon().equals(daemon.suffix())) {
                addOption(lines, option);
            }
        }
        lines.add("  </parameters>");
        lines.add("</resource-agent>");
        return lines;
    }

    private static void addOption(List<String> lines, ClusterOption option) {
        lines.add("    <parameter name=\"" + option.name() + "\">");
        String allowed =
                option.values().isEmpty()
                        ? ""
                        : "  Allowed values: " + String.join(", ", option.values());
        addText(lines, "      ", "longdesc", " lang=\"en\"", option.longText() + allowed);
        addText(lines, "      ", "shortdesc", " lang=\"en\"", shortText(option));
        String fallback = option.fallback() == null ? "" : " default=\"" + option.fallback() + "\"";
        String content = "      <content type=\"" + oldType(option.type()) + "\"" + fallback;
        if (option.values().isEmpty()) {
            lines.add(content + "/>");
        } else {
            lines.add(content + ">");
            option.values()
                    .forEach(value -> lines.add("        <option value=\"" + value + "\"/>"));
            lines.add("      </content>");
        }
        lines.add("    </parameter>");
    }

    /** Readers of this form know marks in the text, not attributes. */
    private static String shortText(ClusterOption option) {
        List<String> parts = new ArrayList<>();
        if (option.deprecated()) {
            parts.add("*** Deprecated ***");
            if (option.replacement() != null) {
                parts.add("*** Replaced with " + option.replacement() + " ***");
            }
        }
        if (option.advanced()) {
            parts.add("*** Advanced Use Only ***");
        }
        if (!option.deprecated()) {
            parts.add(option.shortText());
        }
        return String.join(" ", parts);
    }

    /** The type's name in OCF's older words. */
    private static String oldType(String type) {
        return switch (type) {
            case "duration", "timeout" -> "time";
            case "score", "nonnegative_integer", "port" -> "integer";
            case "version" -> "string";
            default -> type;
        };
    }

    private static void addText(
            List<String> lines, String indent, String tag, String attributes, String text) {
        lines.add(indent + "<" + tag + attributes + ">");
        lines.add(
                indent
                        + "  "
                        + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        lines.add(indent + "</" + tag + ">");
    }
}

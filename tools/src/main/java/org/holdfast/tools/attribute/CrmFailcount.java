package org.holdfast.tools.attribute;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.time.TimeSpan;
import org.holdfast.cib.value.Score;
import org.holdfast.cib.xpath.XPath;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.cib.Cibadmin;
import org.holdfast.tools.resource.CrmResource;

/** crm_failcount(8): shows and forgets how often a resource failed on a node. */
public final class CrmFailcount extends ScriptTool {

    private static final String USAGE =
            """

            Usage: crm_failcount <command> [<options>]
            Common options:
             --help                 Display this text, then exit
             --version              Display version information, then exit
             -V, --verbose          Specify multiple times to increase debug output
             -q, --quiet            Print only the value (if querying)

            Commands:
             -G, --query            Query the current value of the resource's fail count
             -D, --delete           Delete resource's recorded failures

            Additional Options:
             -r, --resource=value   Name of the resource to use (required)
             -n, --operation=value  Name of operation to use (instead of all operations)
             -I, --interval=value   If operation is specified, its interval
             -N, --node=value       Use failcount on named node (instead of local node)
            """;

    private static final List<String> NAMES =
            List.of(
                    "help",
                    "version",
                    "verbose",
                    "quiet",
                    "query",
                    "delete",
                    "resource:",
                    "node:",
                    "operation:",
                    "interval:",
                    "delete-attr",
                    "get-value",
                    "resource-id:",
                    "uname:",
                    "lifetime:",
                    "attr-value:",
                    "attr-id:");

    /** The command. */
    public CrmFailcount() {
        super("crm_failcount", "qDGQVN:U:v:i:l:r:n:I:", NAMES, USAGE, ExitCode.USAGE);
    }

    @Override
    int run(ToolContext context, List<Getopt.Option> given) {
        String what = "";
        String resource = "";
        String operation = "";
        String interval = "0";
        String node = LocalNode.told(context);
        boolean quiet = false;
        for (Getopt.Option option : given) {
            switch (option.name()) {
                case "-q", "-Q", "--quiet" -> quiet = true;
                case "-G", "--query", "--get-value" -> what = "query";
                case "-D", "--delete", "--delete-attr" -> what = "delete";
                case "-v", "--attr-value" -> {
                    if (option.value().equals("0")) {
                        what = "delete";
                    } else {
                        warn(
                                context,
                                "ignoring deprecated option '"
                                        + option.name()
                                        + "' with nonzero value");
                    }
                }
                case "-i", "--attr-id", "-l", "--lifetime" ->
                        warn(context, "ignoring deprecated option '" + option.name() + "'");
                case "-r", "--resource", "--resource-id" -> resource = option.value();
                case "-n", "--operation" -> operation = option.value();
                case "-I", "--interval" -> interval = option.value();
                case "-N", "--node", "-U", "--uname" -> node = option.value();
                default -> {
                    // accepted for old scripts, without meaning
                }
            }
        }
        String missing =
                what.isEmpty()
                        ? "must specify a command"
                        : resource.isEmpty()
                                ? "resource name required"
                                : node.isEmpty() ? "node name required" : "";
        if (!missing.isEmpty()) {
            return refuse(context, "error: " + missing);
        }
        long millis = intervalMillis(interval);
        return what.equals("query")
                ? query(context, node, resource, operation, millis, quiet)
                : clear(context, node, resource, operation, millis);
    }

    private static void warn(ToolContext context, String what) {
        context.err().println("warning: " + what);
    }

    /** The first word of a text as an interval in ms; 0 if it is none. */
    private static long intervalMillis(String text) {
        List<String> words = Delegate.unquoted(List.of(text));
        String word = words.isEmpty() ? "" : words.getFirst();
        return word.contains(".") ? 0 : TimeSpan.intervalMillis(word);
    }

    private static int query(
            ToolContext context,
            String node,
            String resource,
            String operation,
            long millis,
            boolean quiet) {
        String base = "fail-count-" + resource;
        String name = operation.isEmpty() ? base : base + "#" + operation + "_" + millis;
        String count =
                operation.isEmpty() ? sum(context, node, base + "#") : single(context, node, name);
        if (count.equals("0")) {
            count = single(context, node, base);
            name = count.equals("0") ? name : base;
        }
        context.out().println(quiet ? count : "scope=status  name=" + name + " value=" + count);
        return ExitCode.OK;
    }

    private static String single(ToolContext context, String node, String attribute) {
        return Delegate.capture(
                        new CrmAttribute(),
                        context,
                        List.of(
                                "--quiet", "--query", "-t", "status", "-d", "0", "-N", node, "-n",
                                attribute),
                        false)
                .output();
    }

    private static String sum(ToolContext context, String node, String prefix) {
        String path =
                "/cib/status/node_state[@uname='"
                        + node
                        + "']/transient_attributes/instance_attributes"
                        + "/nvpair[starts-with(@name,'"
                        + prefix
                        + "')]";
        Delegate.Outcome found =
                Delegate.capture(
                        new Cibadmin(), context, List.of("--query", "--xpath=" + path), true);
        if (found.exitCode() != ExitCode.OK && found.exitCode() != ExitCode.NOSUCH) {
            context.err().println("error: could not query CIB for fail counts");
        }
        int sum = 0;
        for (Element pair : pairs(found.output())) {
            String value = pair.getOr("value", "");
            if (value.matches("\\d+|INFINITY")) {
                sum = Score.add(sum, Score.parse(value, 0));
            }
        }
        return Score.text(sum);
    }

    private static List<Element> pairs(String xml) {
        try {
            return XPath.elements(XmlParser.parse(xml), "//nvpair");
        } catch (XmlSyntaxException e) {
            return List.of(); // nothing found: no XML
        }
    }

    private static int clear(
            ToolContext context, String node, String resource, String operation, long millis) {
        Tool cleaner = new CrmResource();
        List<String> arguments = new ArrayList<>(List.of("--cleanup", "-N", node, "-r", resource));
        if (!operation.isEmpty()) {
            arguments.addAll(List.of("-n", operation, "-I", millis + "ms"));
        }
        return Delegate.run(cleaner, context, arguments);
    }
}

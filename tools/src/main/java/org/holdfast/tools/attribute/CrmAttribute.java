package org.holdfast.tools.attribute;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.cib.CibClient;
import org.holdfast.tools.cib.CibTools;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionChecks;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.Refusals;
import org.holdfast.tools.crm.frame.TextOutput;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.options.OptionList;
import org.holdfast.tools.options.OptionListing;
import org.jspecify.annotations.Nullable;

/** crm_attribute(8): shows and changes cluster options and attributes of nodes. */
public final class CrmAttribute extends CrmTool {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The command. */
    public CrmAttribute() {
        super("crm_attribute");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return super.usesCluster(arguments, environment) && !OptionListing.isAskedFor(arguments);
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Show and change cluster options and attributes of nodes")
                .helpOn("additional", "command", "output", "selections")
                .glued("NPUdilnpstv")
                .flag("quiet", 'q', "Show the value and nothing else")
                .flag("quiet-old", 'Q', "")
                .flag("all", 'a', "With --list-options: the advanced ones too")
                .value("id", 'i', "ID", "The attribute's XML id")
                .value("name", 'n', "NAME", "The attribute's name")
                .value("attr-name", '\0', "NAME", "")
                .value("pattern", 'P', "PATTERN", "All attributes whose name matches")
                .optionalValue("promotion", 'p', "RESOURCE", "The promotion score of a resource")
                .value("set-name", 's', "ID", "Only in the set with this XML id")
                .value("list-options", 'L', "TYPE", "List all options of a type")
                .flag("delete", 'D', "Delete the attribute")
                .flag("query", 'G', "Show the attribute (the default)")
                .flag("get-value", '\0', "")
                .value("update", 'v', "VALUE", "Set the attribute")
                .value("default", 'd', "VALUE", "What to show if there is none")
                .value("lifetime", 'l', "LIFETIME", "A node attribute's: reboot or forever")
                .value("node", 'N', "NODE", "An attribute of this node")
                .value("node-uname", 'U', "NODE", "")
                .value("type", 't', "SECTION", "crm_config, rsc_defaults, op_defaults, tickets")
                .flag("score", '\0', "Compute values such as name++ and name+=5")
                .value("wait", 'W', "UNTIL", "Wait for: no, local, cluster")
                .check("wait", OptionChecks.waiting())
                .flag("utilization", 'z', "A utilization attribute of the node")
                .withOutput();
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        AttributeQuestion question = AttributeQuestion.of(call);
        if (question.quiet() && call.out() instanceof TextOutput text) {
            text.setQuiet(true);
        }
        if (question.command() == AttributeQuestion.Command.LIST) {
            if (OptionList.named(String.valueOf(call.value("list-options")))
                    != OptionList.CLUSTER) {
                throw new UsageException(
                        ExitCode.USAGE,
                        "Invalid --list-options value '"
                                + call.value("list-options")
                                + "'. Allowed values: cluster");
            }
            OptionListing.print(call.out(), OptionList.CLUSTER, call.has("all"));
            return ExitCode.OK;
        }
        if (question.promotion() && question.name() == null) {
            throw new UsageException(
                    ExitCode.USAGE,
                    "-p/--promotion must be called from an OCF resource agent or with a resource"
                            + " ID specified");
        }
        CibClient cib;
        try {
            cib = CibClient.open(call);
        } catch (CibClient.NotOpen e) {
            throw new UsageException(
                    Rc.exitCode(e.returnCode()),
                    "Could not connect to the CIB: " + Rc.describe(e.returnCode()));
        }
        int code = onCib(call, question, cib);
        if (code == Rc.ENOTUNIQ) {
            throw new UsageException(
                    Rc.exitCode(code),
                    "Please choose from one of the matches below and supply the 'id' with"
                            + " --attr-id");
        }
        if (code != Rc.OK) {
            throw new UsageException(
                    Rc.exitCode(code), "Error performing operation: " + Rc.describe(code));
        }
        return ExitCode.OK;
    }

    private int onCib(Invocation call, AttributeQuestion question, CibClient cib)
            throws UsageException {
        String section = question.section();
        boolean ofCluster =
                section.equalsIgnoreCase("crm_config") || section.equalsIgnoreCase("tickets");
        AttributeTarget node = null;
        String nodeName = null;
        if (!ofCluster) {
            nodeName = question.node() == null ? LocalNode.name(call) : question.node();
            if (nodeName == null) {
                // Said to people only: the real command does not say it in XML.
                call.context().err().println(name() + ": Could not determine this node's name");
                throw new UsageException(Rc.exitCode(Rc.ENOTCONN), "");
            }
            node = AttributeTarget.find(cib, nodeName);
            if (node == null) {
                throw new UsageException(
                        ExitCode.NOSUCH, "Could not map name=" + nodeName + " to a UUID");
            }
        }
        question.check();
        ClusterConnection cluster = call.context().cluster();
        boolean changes = question.command() != AttributeQuestion.Command.QUERY;
        if (changes
                && cluster != null
                && section.equalsIgnoreCase("status")
                && CibTools.usesCluster(call.context().environment())) {
            return tellManager(cluster, nodeName, question);
        }
        AttributeStore store =
                new AttributeStore(
                        cib,
                        call.out(),
                        section,
                        node,
                        question.setTag(),
                        question.setId(),
                        call.context().environment().get("CIB_user"));
        int code = act(call, question, store);
        int closed = cib.close();
        return code == Rc.OK ? closed : code;
    }

    private static int tellManager(
            ClusterConnection cluster, @Nullable String node, AttributeQuestion question) {
        try {
            cluster.call(
                    new ManagerRequest.UpdateAttribute(
                            node,
                            String.valueOf(question.nameOrPattern()),
                            question.value(),
                            -1,
                            question.setId(),
                            question.pattern() == null
                                    ? Set.of()
                                    : Set.of(ManagerRequest.AttributeOption.PATTERN)),
                    TIMEOUT);
            return Rc.OK;
        } catch (RequestRefused e) {
            return Refusals.returnCode(e);
        }
    }

    private static int act(Invocation call, AttributeQuestion question, AttributeStore store) {
        return switch (question.command()) {
            case QUERY -> query(call, question, store);
            case UPDATE -> {
                String value = String.valueOf(question.value());
                if (question.pattern() == null) {
                    yield store.update(question.id(), question.name(), value);
                }
                int code = Rc.OK;
                AttributeStore.Found found = store.find(null, null);
                for (Element pair : matching(changeable(found), question.pattern())) {
                    code = store.update(question.id(), pair.get("name"), value);
                    if (code != Rc.OK) {
                        break; // as the real command: what comes behind is not tried
                    }
                }
                yield found.returnCode() == Rc.OK ? code : found.returnCode();
            }
            case DELETE -> delete(question, store);
            case LIST -> Rc.EINVAL;
        };
    }

    private static int delete(AttributeQuestion question, AttributeStore store) {
        int code;
        if (question.pattern() == null) {
            code = store.delete(question.id(), question.name());
        } else {
            AttributeStore.Found found = store.find(null, null);
            code = found.returnCode();
            for (Element pair : matching(changeable(found), question.pattern())) {
                int result = store.delete(question.id(), pair.get("name"));
                code = result == Rc.ENXIO ? code : result;
            }
        }
        return code == Rc.ENXIO ? Rc.OK : code; // not there: what was wanted
    }

    /**
     * What a pattern changes: the real command looks inside what a query answers, and a query that
     * finds one thing answers that itself.
     */
    private static List<Element> changeable(AttributeStore.Found found) {
        return found.pairs().size() == 1 ? List.of() : found.pairs();
    }

    private static List<Element> matching(List<Element> pairs, @Nullable String pattern) {
        if (pattern == null) {
            return pairs;
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            return pairs.stream()
                    .filter(pair -> compiled.matcher(pair.getOr("name", "")).find())
                    .toList();
        } catch (PatternSyntaxException e) {
            return List.of();
        }
    }

    private static int query(Invocation call, AttributeQuestion question, AttributeStore store) {
        boolean byPattern = question.pattern() != null;
        AttributeStore.Found found =
                byPattern ? store.find(null, null) : store.find(question.id(), question.name());
        String fallback = question.fallback();
        if (found.returnCode() == Rc.ENXIO && fallback != null) {
            AttributeLine.show(call.out(), question, question.nameOrPattern(), fallback);
            return Rc.OK;
        }
        if (found.returnCode() != Rc.OK) {
            return found.returnCode();
        }
        List<Element> pairs = matching(found.pairs(), question.pattern());
        for (Element pair : pairs) {
            AttributeLine.show(call.out(), question, pair.get("name"), pair.get("value"));
        }
        // A single attribute that does not match the pattern is no error, as in the real command.
        return pairs.isEmpty() && found.pairs().size() > 1 ? Rc.ENXIO : Rc.OK;
    }
}

package org.holdfast.tools.mon;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ManagerRequest.CibOperation;
import org.holdfast.controlapi.ManagerRequest.ControllerQuery;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.cibinput.CibUpgrade;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.status.NameFilter;
import org.holdfast.tools.status.OutputLists;
import org.holdfast.tools.status.StatusView;
import org.holdfast.tools.status.StatusView.Show;
import org.jspecify.annotations.Nullable;

/**
 * {@code crm_mon -1} (crm_mon(8)): one look at the cluster, as text. Always looks once, also
 * without {@code -1}.
 */
public final class CrmMon extends CrmTool {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int EX_USAGE = 64;
    private static final int EX_NOINPUT = 66;
    private static final int EX_DISCONNECT = 102;
    private static final int EX_CONFIG = 78;

    private static final String SECTIONS =
            "counts, dc, %sfailcounts, failures, fencing, fencing-failed, fencing-pending,"
                    + " fencing-succeeded, maint-mode, nodes, none, operations, options, resources,"
                    + " stack, summary, tickets, times";

    public CrmMon() {
        super("crm_mon");
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Shows the state of the cluster.")
                .withOutput()
                .glued("xIU")
                .flag("one-shot", '1', "Look once and end (always so)")
                .value("xml-file", 'x', "FILE", "")
                .value("include", 'I', "SECTIONS", "Sections to show besides the usual ones")
                .value("exclude", 'U', "SECTIONS", "Sections not to show")
                .value("node", '\0', "NODE", "Only this node, or nodes with this tag")
                .value("resource", '\0', "RESOURCE", "Only this resource, or those with this tag")
                .flag("group-by-node", 'n', "Resources below their node")
                .flag("inactive", 'r', "Inactive resources too")
                .flag("failcounts", 'f', "Fail counts")
                .flag("operations", 'o', "History of operations")
                .flag("timing-details", 't', "History with times")
                .flag("tickets", 'c', "Tickets")
                .optionalValue("fence-history", 'm', "LEVEL", "Past and pending fencing")
                .optionalValue(
                        "neg-locations", 'L', "PREFIX", "Constraints that keep resources away")
                .flag("show-node-attributes", 'A', "Attributes of nodes")
                .flag("hide-headers", 'D', "Without the head")
                .flag("show-detail", 'R', "More detail: node ids, each instance of a clone")
                .flag("show-description", '\0', "Descriptions of resources")
                .flag("brief", 'b', "Numbers instead of each resource")
                .flag("pending", 'j', "");
    }

    @Override
    protected @Nullable Output output(
            String format, Consumer<String> out, Consumer<String> err, List<String> commandLine) {
        boolean plain = format.equals("text") || format.equals("console");
        return plain ? super.output("text", out, err, commandLine) : null;
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        Set<Section> sections = sections(call.arguments());
        Element cib = load(call);
        CibUpgrade.Result upgraded = CibUpgrade.prepare(cib);
        if (upgraded.problem() != null) {
            throw new UsageException(EX_CONFIG, "the CIB is not valid");
        }
        Cluster cluster = status(upgraded.cib(), call);
        new MonReport(
                        cluster,
                        cib,
                        call.zone().ctime(call.nowSeconds()),
                        localNode(call),
                        sections,
                        view(call, cluster))
                .show(new OutputLists(call.out()));
        return 0;
    }

    private static Cluster status(Element cib, Invocation call) {
        ScheduleRequest request = ScheduleRequest.of(cib, call.nowSeconds());
        return Scheduler.status(
                new ScheduleRequest(cib, call.timeContext(), request.scores(), localNode(call)));
    }

    /** The CIB: from the file that is named, else from the cluster. */
    private static Element load(Invocation call) throws UsageException {
        String file =
                call.value("xml-file") == null
                        ? call.environment("CIB_file")
                        : call.value("xml-file");
        if (file != null) {
            try {
                return XmlParser.parseFile(call.context().files().read(file));
            } catch (IOException e) {
                throw new UsageException(
                        EX_NOINPUT, "Couldn't read " + file + ": " + e.getMessage());
            } catch (XmlSyntaxException e) {
                throw new UsageException(EX_NOINPUT, file + ": " + e.describe());
            }
        }
        ClusterConnection cluster = call.context().cluster();
        if (cluster == null) {
            throw new UsageException(
                    EX_DISCONNECT, "Connection to cluster failed: Connection refused");
        }
        try {
            Element cib = cluster.call(CibOperation.queryAll(), TIMEOUT).output();
            if (cib != null) {
                return cib;
            }
            throw new UsageException(EX_DISCONNECT, "Connection to cluster failed: no CIB");
        } catch (RequestRefused e) {
            throw new UsageException(
                    EX_DISCONNECT, "Connection to cluster failed: " + e.getMessage());
        }
    }

    /** The name of the node that runs this, or null for a file. */
    private static @Nullable String localNode(Invocation call) {
        ToolContext context = call.context();
        ClusterConnection cluster = context.cluster();
        if (cluster == null
                || call.environment("CIB_file") != null
                || call.value("xml-file") != null) {
            return null;
        }
        try {
            return cluster.call(new ControllerQuery(), TIMEOUT).localNode();
        } catch (RequestRefused e) {
            return null;
        }
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return !environment.containsKey("CIB_file")
                && arguments.stream()
                        .noneMatch(a -> a.startsWith("-x") || a.startsWith("--xml-file"));
    }

    private static StatusView view(Invocation call, Cluster cluster) {
        EnumSet<Show> show = EnumSet.noneOf(Show.class);
        add(show, call.has("group-by-node"), Show.BY_NODE);
        add(show, call.has("inactive"), Show.INACTIVE);
        add(show, call.has("brief"), Show.BRIEF);
        add(show, call.has("timing-details"), Show.TIMING);
        add(show, call.has("show-description"), Show.DESCRIPTION);
        add(show, true, Show.PENDING);
        if (call.has("show-detail")) {
            show.addAll(
                    EnumSet.of(
                            Show.CLONE_DETAIL,
                            Show.NODE_IDS,
                            Show.IMPLICIT,
                            Show.FAILED_DETAIL,
                            Show.FEATURE_SET));
        }
        return new StatusView(
                show,
                nodes(call.value("node"), cluster),
                resources(call.value("resource"), cluster));
    }

    private static void add(Set<Show> show, boolean wanted, Show detail) {
        if (wanted) {
            show.add(detail);
        }
    }

    private static NameFilter nodes(@Nullable String name, Cluster cluster) {
        if (name == null || name.equals("*")) {
            return NameFilter.ALL;
        }
        List<String> names = new ArrayList<>();
        if (cluster.nodeNamed(name) != null) {
            names.add(name);
        } else {
            for (String tagged : cluster.tags.getOrDefault(name, List.of())) {
                if (cluster.nodeNamed(tagged) != null) {
                    names.add(tagged);
                }
            }
        }
        return NameFilter.ofNodes(names);
    }

    private static NameFilter resources(@Nullable String id, Cluster cluster) {
        if (id == null || id.equals("*")) {
            return NameFilter.ALL;
        }
        List<String> ids = new ArrayList<>();
        if (cluster.resource(id) != null) {
            ids.add(id);
        } else {
            for (String tagged : cluster.tags.getOrDefault(id, List.of())) {
                if (cluster.resource(tagged) != null) {
                    ids.add(tagged);
                }
            }
        }
        return NameFilter.ofResources(ids);
    }

    private static Set<Section> sections(Arguments arguments) throws UsageException {
        Set<Section> sections = EnumSet.copyOf(Section.byDefault());
        for (Arguments.Given given : arguments.given()) {
            switch (given.name()) {
                case "failcounts" -> sections.add(Section.FAILCOUNTS);
                case "operations", "timing-details" -> sections.add(Section.OPERATIONS);
                case "tickets" -> sections.add(Section.TICKETS);
                case "neg-locations" -> sections.add(Section.BANS);
                case "show-node-attributes" -> sections.add(Section.ATTRIBUTES);
                case "hide-headers" -> sections.removeAll(Section.summary());
                default -> {}
            }
        }
        for (Arguments.Given given : arguments.given()) {
            String value = given.value();
            if (value != null && given.name().equals("include")) {
                include(sections, value);
            } else if (value != null && given.name().equals("exclude")) {
                exclude(sections, value);
            }
        }
        return sections;
    }

    private static void include(Set<Section> sections, String words) throws UsageException {
        for (String word : words.split(",")) {
            Set<Section> named = Section.named(word.startsWith("bans:") ? "bans" : word);
            switch (word) {
                case "all" -> replace(sections, Section.all());
                case "default", "defaults" -> sections.addAll(Section.byDefault());
                case "none" -> sections.clear();
                default -> {
                    if (named == null) {
                        throw new UsageException(
                                EX_USAGE,
                                "--include options: all, attributes, bans[:PREFIX], "
                                        + SECTIONS.formatted("default, "));
                    }
                    sections.addAll(named);
                }
            }
        }
    }

    private static void exclude(Set<Section> sections, String words) throws UsageException {
        for (String word : words.split(",")) {
            Set<Section> named = Section.named(word);
            switch (word) {
                case "all" -> sections.clear();
                case "none" -> replace(sections, Section.all());
                default -> {
                    if (named == null) {
                        throw new UsageException(
                                EX_USAGE,
                                "--exclude options: all, attributes, bans, "
                                        + SECTIONS.formatted(""));
                    }
                    sections.removeAll(named);
                }
            }
        }
    }

    private static void replace(Set<Section> sections, Set<Section> by) {
        sections.clear();
        sections.addAll(by);
    }
}

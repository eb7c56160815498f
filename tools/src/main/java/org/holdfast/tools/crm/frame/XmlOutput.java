package org.holdfast.tools.crm.frame;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.holdfast.cib.document.Cdata;
import org.holdfast.cib.document.Text;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cibxml.XmlPrinter;
import org.jspecify.annotations.Nullable;

/** XML with the root {@code pacemaker-result}, printed at the end. Not thread-safe. */
public final class XmlOutput implements Output {

    /** Version of the output's schema that we follow. */
    public static final String API_VERSION = "2.42";

    /** Tags of lists whose title is not the tag. */
    private static final Map<String, String> TAGS =
            Map.ofEntries(
                    Map.entry("Active Resources", "resources"),
                    Map.entry("Assignment Scores", "allocations"),
                    Map.entry(
                            "Assignment Scores and Utilization Information",
                            "allocations_utilizations"),
                    Map.entry("Cluster Summary", "summary"),
                    Map.entry("Current cluster status", "cluster_status"),
                    Map.entry("Executing Cluster Transition", "transition"),
                    Map.entry("Failed Resource Actions", "failures"),
                    Map.entry("Fencing History", "fence_history"),
                    Map.entry("Full List of Resources", "resources"),
                    Map.entry("Inactive Resources", "resources"),
                    Map.entry("Migration Summary", "node_history"),
                    Map.entry("Negative Location Constraints", "bans"),
                    Map.entry("Node Attributes", "node_attributes"),
                    Map.entry("Operations", "node_history"),
                    Map.entry("Resource Config", "resource_config"),
                    Map.entry("Resource Operations", "operations"),
                    Map.entry("Revised Cluster Status", "revised_cluster_status"),
                    Map.entry("Timings", "timings"),
                    Map.entry("Transition Summary", "actions"),
                    Map.entry("Utilization Information", "utilizations"));

    private final Consumer<String> out;
    private final XmlNode root;
    private final Deque<XmlNode> open = new ArrayDeque<>();
    private final List<String> errors = new ArrayList<>();
    private boolean listElements;

    /** Takes errors where the document has no place for them; else null. */
    private final @Nullable Consumer<String> errorsTo;

    /** Output of a command line, given as the words that the user typed. */
    public XmlOutput(Consumer<String> out, List<String> commandLine) {
        this(
                out,
                new XmlNode("pacemaker-result")
                        .set("api-version", API_VERSION)
                        .set("request", ShellQuoting.join(commandLine)),
                null);
    }

    private XmlOutput(Consumer<String> out, XmlNode root, @Nullable Consumer<String> errorsTo) {
        this.out = out;
        this.root = root;
        this.errorsTo = errorsTo;
        open.addLast(root);
    }

    /**
     * Output in the form from before there was a common one: a root of the command's name, no
     * result at the end, errors apart.
     */
    public static XmlOutput legacy(String name, Consumer<String> out, Consumer<String> errorsTo) {
        return new XmlOutput(
                out, new XmlNode(name).set("version", CrmTool.PACEMAKER_VERSION), errorsTo);
    }

    /** Makes lists elements {@code list} with their title as a name. */
    public void useListElements() {
        listElements = true;
    }

    @Override
    public XmlOutput xml() {
        return this;
    }

    /** The element that new ones are put into. */
    public XmlNode current() {
        return open.getLast();
    }

    /** Adds an element to the current one. */
    public XmlNode add(String tag) {
        return current().add(tag);
    }

    /** Adds an element with text to the current one. */
    public XmlNode addText(String tag, String text) {
        XmlNode node = add(tag);
        node.add(new Text(text));
        return node;
    }

    /** Adds an element to the current one and makes it the current one. */
    public XmlNode push(String tag) {
        XmlNode node = add(tag);
        open.addLast(node);
        return node;
    }

    /** Makes the element around the current one the current one. */
    public void pop() {
        if (open.size() > 1) {
            open.removeLast();
        }
    }

    @Override
    public void info(String line) {
        // for people only
    }

    @Override
    public void error(String message) {
        errors.add(message);
    }

    @Override
    public void xmlText(String name, String text) {
        add(name).add(new Cdata(text));
    }

    @Override
    public void beginList(@Nullable String singular, @Nullable String plural, String title) {
        String tag = TAGS.getOrDefault(title, title.toLowerCase(Locale.ROOT));
        if (listElements) {
            push("list").set("name", tag);
        } else {
            push(tag);
        }
    }

    @Override
    public void listItem(@Nullable String name, String text) {
        addText("item", text).set("name", name);
    }

    @Override
    public void countItem() {
        // counted at the end
    }

    @Override
    public void endList() {
        if (listElements) {
            current().set("count", "" + current().elementCount());
        }
        pop();
    }

    @Override
    public void spacer() {
        // for people only
    }

    @Override
    public void finish(int exitCode) {
        if (errorsTo != null) {
            finishLegacy(exitCode, errorsTo);
            return;
        }
        XmlNode status =
                root.add("status")
                        .set("code", "" + exitCode)
                        .set("message", ExitCode.describe(exitCode));
        if (!errors.isEmpty()) {
            XmlNode list = status.add("errors");
            errors.forEach(error -> list.add("error").add(new Text(error)));
        }
        out.accept(XmlPrinter.libxml(root.toElement()) + "\n");
    }

    private void finishLegacy(int exitCode, Consumer<String> to) {
        if (exitCode != ExitCode.OK) {
            to.accept(ExitCode.describe(exitCode) + "\n");
        }
        errors.forEach(error -> to.accept(error + "\n"));
        out.accept(XmlPrinter.libxml(root.toElement()) + "\n");
    }
}

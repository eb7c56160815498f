package org.holdfast.tools.crm.frame;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Text;
import org.jspecify.annotations.Nullable;

/** A page of HTML, printed at the end. Not thread-safe. */
public final class HtmlOutput implements Output {

    private static final String STYLES =
            """
            .bold { font-weight: bold }
            .online { color: green }
            .offline { color: red }
            .maint { color: blue }
            .standby { color: blue }
            .health_red { color: red }
            .health_yellow { color: GoldenRod }
            .rsc-failed { color: red }
            .rsc-failure-ignored { color: DarkGreen }
            .rsc-managed { color: blue }
            .rsc-multiple { color: orange }
            .rsc-ok { color: green }
            .warning { color: red; font-weight: bold }\
            """;

    private final Consumer<String> out;
    private final XmlNode body = new XmlNode("body");
    private final Deque<XmlNode> open = new ArrayDeque<>();
    private final List<String> errors = new ArrayList<>();
    private boolean cgi;
    private String title;
    private @Nullable String stylesheet;
    private long refreshSeconds;

    /**
     * A page that goes there when it is finished.
     *
     * @param title the page's title, unless the user gives one
     */
    public HtmlOutput(Consumer<String> out, String title) {
        this.out = out;
        this.title = title;
        open.push(body);
    }

    /**
     * Sets what the page's head depends on.
     *
     * @param withHeaders whether a web server's headers come first
     * @param pageTitle null for the usual one
     * @param link a stylesheet's address, or null
     */
    public void setOptions(boolean withHeaders, @Nullable String pageTitle, @Nullable String link) {
        cgi = withHeaders;
        title = pageTitle == null ? title : pageTitle;
        stylesheet = link;
    }

    /** Has browsers load the page again after so many seconds; 0 for never. */
    public void refreshEvery(long seconds) {
        refreshSeconds = seconds;
    }

    @Override
    public @Nullable XmlOutput xml() {
        return null;
    }

    @Override
    public void info(String line) {
        // for terminals only
    }

    @Override
    public void error(String message) {
        errors.add(message);
    }

    @Override
    public void xmlText(String name, String text) {
        add("pre").set("lang", "xml").add(new Text(text));
    }

    /** Adds an element to the innermost one that is open. */
    public XmlNode add(String tag) {
        return open.element().add(tag);
    }

    /** Adds an element and makes it the innermost one. */
    public XmlNode push(String tag) {
        XmlNode node = add(tag);
        open.push(node);
        return node;
    }

    /** Makes the element around the innermost one the innermost one. */
    public void pop() {
        open.pop();
    }

    /** Adds a span to an element; a null class is left out. */
    public static void span(XmlNode parent, @Nullable String style, String text) {
        parent.add("span").set("class", style).add(new Text(text));
    }

    @Override
    public void beginList(@Nullable String singular, @Nullable String plural, String heading) {
        boolean nested = open.size() > 1;
        if (nested) {
            push("li");
        }
        if (!heading.isEmpty()) {
            add(nested ? "h3" : "h2").add(new Text(heading));
        }
        push("ul");
    }

    @Override
    public void listItem(@Nullable String name, String text) {
        add("li").set("class", name).add(new Text(text));
    }

    @Override
    public void countItem() {
        // nothing is counted
    }

    @Override
    public void endList() {
        pop();
        if (open.size() > 1) {
            pop();
        }
    }

    @Override
    public void spacer() {
        add("br");
    }

    @Override
    public void finish(int exitCode) {
        if (!errors.isEmpty()) {
            beginList(null, null, "");
            errors.forEach(error -> listItem(null, error));
            endList();
        }
        Element page =
                Element.builder("html")
                        .attribute("lang", "en")
                        .child(head().toElement())
                        .child(body.toElement())
                        .build();
        out.accept((cgi ? "Content-Type: text/html\n\n" : "") + HtmlPrinter.print(page));
    }

    private XmlNode head() {
        XmlNode head = new XmlNode("head");
        head.add("title").add(new Text(title));
        head.add("meta").set("charset", "utf-8");
        if (refreshSeconds > 0) {
            head.add("meta")
                    .set("http-equiv", "refresh")
                    .set("content", Long.toString(refreshSeconds));
        }
        head.add("style").add(new Text(STYLES));
        if (stylesheet != null) {
            head.add("link").set("rel", "stylesheet").set("href", stylesheet);
        }
        return head;
    }
}

package org.holdfast.tools.crm.frame;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plain text. Not thread-safe. */
public final class TextOutput implements Output {

    private static final class OpenList {
        final @Nullable String singular;
        final @Nullable String plural;
        int length;

        OpenList(@Nullable String singular, @Nullable String plural) {
            this.singular = singular;
            this.plural = plural;
        }
    }

    private final Consumer<String> out;
    private final Consumer<String> err;
    private final Deque<OpenList> lists = new ArrayDeque<>();
    private boolean fancy;
    private boolean quiet;

    /** Output to two receivers of text. */
    public TextOutput(Consumer<String> out, Consumer<String> err) {
        this.out = out;
        this.err = err;
    }

    /** Whether lists are indented and marked with stars. */
    public void setFancy(boolean enabled) {
        fancy = enabled;
    }

    /** Whether lists are indented and marked with stars. */
    public boolean isFancy() {
        return fancy;
    }

    /** Whether information is left out. */
    public void setQuiet(boolean enabled) {
        quiet = enabled;
    }

    /** Whether information is left out. */
    public boolean isQuiet() {
        return quiet;
    }

    @Override
    public @Nullable XmlOutput xml() {
        return null;
    }

    @Override
    public void info(String line) {
        if (!quiet) {
            out.accept(line + "\n");
        }
    }

    /** Prints text as it is. */
    public void print(String text) {
        out.accept(text);
    }

    /** Prints text with the indentation of the open lists. */
    public void indented(String text) {
        if (fancy) {
            out.accept("  ".repeat(lists.size()) + (lists.isEmpty() ? "" : "* "));
        }
        out.accept(text);
    }

    @Override
    public void error(String message) {
        err.accept(message + "\n");
    }

    @Override
    public void xmlText(String name, String text) {
        indented(text);
    }

    @Override
    public void beginList(@Nullable String singular, @Nullable String plural, String title) {
        if (fancy && !title.isEmpty()) {
            indented(title + ":\n");
        }
        lists.addLast(new OpenList(singular, plural));
    }

    @Override
    public void listItem(@Nullable String name, String text) {
        indented((fancy && name != null ? name + ": " : "") + text + "\n");
        countItem();
    }

    @Override
    public void countItem() {
        OpenList list = lists.peekLast();
        if (list != null) {
            list.length++;
        }
    }

    @Override
    public void endList() {
        OpenList list = lists.pollLast();
        if (list != null && list.singular != null && list.plural != null) {
            indented(
                    list.length
                            + " "
                            + (list.length == 1 ? list.singular : list.plural)
                            + " found\n");
        }
    }

    @Override
    public void spacer() {
        out.accept("\n");
    }

    @Override
    public void finish(int exitCode) {
        // everything is printed already
    }
}

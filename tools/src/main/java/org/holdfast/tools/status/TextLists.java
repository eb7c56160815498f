package org.holdfast.tools.status;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Lists as indented text. */
public final class TextLists implements StatusLists {

    private final PrintStream out;
    private final boolean fancy;
    private int depth;

    /**
     * Writes to a stream.
     *
     * @param fancy with headings, bullets and indentation, or lines only
     */
    public TextLists(PrintStream out, boolean fancy) {
        this.out = out;
        this.fancy = fancy;
    }

    @Override
    public void begin(String title) {
        if (fancy) {
            indent();
            out.print(title + ":\n");
        }
        depth++;
    }

    @Override
    public void beginUntitled() {
        depth++;
    }

    @Override
    public void item(String text) {
        item(null, text);
    }

    @Override
    public void item(@Nullable String name, String text) {
        indent();
        out.print((fancy && name != null ? name + ": " : "") + text + "\n");
    }

    private void indent() {
        if (fancy && depth > 0) {
            out.print("  ".repeat(depth) + "* ");
        }
    }

    @Override
    public void end() {
        depth--;
    }

    @Override
    public void spacer() {
        out.print("\n");
    }

    @Override
    public void info(String text) {
        out.print(text + "\n");
    }
}

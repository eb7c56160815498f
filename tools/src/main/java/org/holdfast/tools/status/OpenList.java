package org.holdfast.tools.status;

/** A list whose heading is shown when its first item is. */
final class OpenList {

    private final StatusLists out;
    private final boolean spacer;
    private boolean open;

    OpenList(StatusLists out, boolean spacer) {
        this.out = out;
        this.spacer = spacer;
    }

    /** Shows the heading unless it was shown before. */
    void begin(String title) {
        if (!open) {
            if (spacer) {
                out.spacer();
            }
            out.begin(title);
            open = true;
        }
    }

    boolean isOpen() {
        return open;
    }

    /** Ends the list if it was begun; whether it was. */
    boolean end() {
        if (open) {
            out.end();
        }
        return open;
    }
}

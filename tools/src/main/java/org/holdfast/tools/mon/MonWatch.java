package org.holdfast.tools.mon;

import java.io.IOException;
import java.time.Duration;
import org.holdfast.cib.document.Element;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.fencing.FencingLog;
import org.jspecify.annotations.Nullable;

/**
 * Shows the state whenever it has changed, and at the latest after an interval, until the user has
 * gone; and tells a program of what happens. For one command's thread.
 */
final class MonWatch {

    /** How soon a change is seen. */
    private static final long LOOK_MILLIS = 500;

    /** How soon a result is seen, for a program that wants to be told of each. */
    private static final long LOOK_FOR_RESULTS_MILLIS = 100;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Shows the state. */
    @FunctionalInterface
    interface Display {

        /**
         * Shows it.
         *
         * @throws IOException if the user has gone
         */
        void show() throws IOException, UsageException;
    }

    private final Invocation call;
    private final @Nullable Display display;
    private final @Nullable EventNotices notices;
    private final @Nullable MonKeys keys;
    private final long intervalMillis;

    /**
     * A watch that shows the state, unless there is nothing to show.
     *
     * @param keys takes what the user types; null if there is no screen
     */
    MonWatch(Invocation call, @Nullable Display display, @Nullable MonKeys keys) {
        this.keys = keys;
        this.call = call;
        this.display = display;
        this.intervalMillis = MonMode.intervalMillis(call.arguments());
        String program = call.value("external-agent");
        this.notices =
                program == null
                        ? null
                        : new EventNotices(
                                program,
                                call.value("external-recipient"),
                                call.context().programs());
    }

    void run() throws UsageException {
        Element before = null;
        long sinceShown = Long.MAX_VALUE / 2;
        long pause =
                Math.min(notices == null ? LOOK_MILLIS : LOOK_FOR_RESULTS_MILLIS, intervalMillis);
        try {
            while (!hasGone()) {
                Element cib = CrmMon.read(call);
                boolean changed = cib != before;
                before = cib;
                if (notices != null && cib != null) {
                    tell(notices, cib, changed);
                }
                if (display != null && (changed || sinceShown >= intervalMillis)) {
                    display.show();
                    sinceShown = 0;
                }
                sinceShown = rest(pause) ? Long.MAX_VALUE / 2 : sinceShown + pause;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            // Nobody is left to show anything to.
        }
    }

    /** Waits; true at once if the user has typed what changes the display. */
    private boolean rest(long millis) throws InterruptedException, IOException {
        if (keys == null) {
            Thread.sleep(millis);
            return false;
        }
        return keys.typed(call.context().programs().keys((int) millis));
    }

    private void tell(EventNotices to, Element cib, boolean changed) throws IOException {
        if (changed) {
            to.onCib(cib);
        }
        if (call.has("watch-fencing") && call.context().cluster() != null) {
            to.onFencing(FencingLog.of(call.context().cluster(), TIMEOUT).events());
        }
    }

    /** The user's process answers that there is a root directory, as long as it is there. */
    private boolean hasGone() {
        ToolContext context = call.context();
        return context.out().checkError() || !context.files().exists("/");
    }
}

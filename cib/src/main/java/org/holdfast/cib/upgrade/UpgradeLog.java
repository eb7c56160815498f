package org.holdfast.cib.upgrade;

import java.util.ArrayList;
import java.util.List;

/** What an upgrade has to tell the administrator: things that could not be kept as they were. */
public final class UpgradeLog {

    private final List<String> warnings = new ArrayList<>();

    /** An empty log. */
    public UpgradeLog() {}

    void warn(String text) {
        warnings.add("WARNING: " + text);
    }

    void inform(String text) {
        warnings.add("INFO: " + text);
    }

    /** Notes a change that leaves the meaning as it was. */
    void trace(String text) {
        warnings.add("DEBUG: " + text);
    }

    /** The messages so far, oldest first, each with its severity in front. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}

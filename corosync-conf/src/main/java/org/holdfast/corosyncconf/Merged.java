package org.holdfast.corosyncconf;

import java.util.ArrayList;
import java.util.List;

/** Sections that a file names more than once count as one, as their keys do in Corosync's cmap. */
final class Merged {

    private Merged() {}

    /** All sections of that name put together; empty if there is none. */
    static ConfSection section(ConfSection parent, String name) {
        List<ConfItem> items = new ArrayList<>();
        int line = 0;
        for (ConfSection section : parent.sections(name)) {
            line = line == 0 ? section.line() : line;
            items.addAll(section.items());
        }
        return new ConfSection(name, items, line);
    }
}

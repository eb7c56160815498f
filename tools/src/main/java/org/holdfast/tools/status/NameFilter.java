package org.holdfast.tools.status;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which names to show. */
public final class NameFilter {

    /** Shows everything. */
    public static final NameFilter ALL = new NameFilter(null, false);

    private final @Nullable List<String> names;
    private final boolean ignoreCase;

    private NameFilter(@Nullable List<String> names, boolean ignoreCase) {
        this.names = names;
        this.ignoreCase = ignoreCase;
    }

    /** Shows node names of a list, in whatever case. */
    public static NameFilter ofNodes(List<String> names) {
        return new NameFilter(
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList(), true);
    }

    /** Shows resource ids of a list. */
    public static NameFilter ofResources(List<String> ids) {
        return new NameFilter(List.copyOf(ids), false);
    }

    /** Whether everything is shown. */
    public boolean isAll() {
        return names == null;
    }

    /** Whether nothing is shown. */
    public boolean isNone() {
        return names != null && names.isEmpty();
    }

    /** Whether a name is shown. */
    public boolean shows(@Nullable String name) {
        if (names == null) {
            return true;
        }
        return name != null && names.contains(ignoreCase ? name.toLowerCase(Locale.ROOT) : name);
    }
}

package org.holdfast.cibxml.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of the CIB's schema, as {@code validate-with} names it.
 *
 * @param major the number before the dot
 * @param minor the number behind it; 3.10 is newer than 3.9
 */
public record SchemaVersion(int major, int minor) implements Comparable<SchemaVersion> {

    private static final String PREFIX = "pacemaker-";

    /** Every version there is, oldest first. */
    public static final List<SchemaVersion> ALL =
            List.of(
                    new SchemaVersion(1, 0),
                    new SchemaVersion(1, 2),
                    new SchemaVersion(1, 3),
                    new SchemaVersion(2, 0),
                    new SchemaVersion(2, 1),
                    new SchemaVersion(2, 2),
                    new SchemaVersion(2, 3),
                    new SchemaVersion(2, 4),
                    new SchemaVersion(2, 5),
                    new SchemaVersion(2, 6),
                    new SchemaVersion(2, 7),
                    new SchemaVersion(2, 8),
                    new SchemaVersion(2, 9),
                    new SchemaVersion(2, 10),
                    new SchemaVersion(3, 0),
                    new SchemaVersion(3, 1),
                    new SchemaVersion(3, 2),
                    new SchemaVersion(3, 3),
                    new SchemaVersion(3, 4),
                    new SchemaVersion(3, 5),
                    new SchemaVersion(3, 6),
                    new SchemaVersion(3, 7),
                    new SchemaVersion(3, 8),
                    new SchemaVersion(3, 9),
                    new SchemaVersion(3, 10),
                    new SchemaVersion(4, 0));

    /** The newest version, which new CIBs get. */
    public static SchemaVersion latest() {
        return ALL.getLast();
    }

    /** The version of a {@code validate-with} value, or null if there is none of that name. */
    public static @Nullable SchemaVersion named(String validateWith) {
        for (SchemaVersion version : ALL) {
            if (version.validateWith().equals(validateWith)) {
                return version;
            }
        }
        return null;
    }

    /** The value of {@code validate-with} for this version. */
    public String validateWith() {
        return PREFIX + this;
    }

    /** The version after this one, or null for the newest. */
    public @Nullable SchemaVersion next() {
        int index = ALL.indexOf(this);
        return index >= 0 && index + 1 < ALL.size() ? ALL.get(index + 1) : null;
    }

    @Override
    public int compareTo(SchemaVersion other) {
        int byMajor = Integer.compare(major, other.major);
        return byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}

package org.holdfast.tools.options;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option.
 *
 * @param name its name
 * @param type one of Pacemaker's type names ({@code boolean}, {@code select}, {@code duration}...)
 * @param fallback the value that counts when it is not set, or null
 * @param values what a {@code select} may be
 * @param generated whether the cluster sets it itself
 * @param advanced whether few should need it
 * @param deprecated whether it should not be used any more
 * @param replacement the name to use instead of a deprecated one, or null
 * @param daemon the daemon whose metadata lists it ({@code schedulerd}...), or the empty string
 * @param shortText what it is, in a line
 * @param longText what there is to know beyond that; the short text if there is nothing
 */
public record ClusterOption(
        String name,
        String type,
        @Nullable String fallback,
        List<String> values,
        boolean generated,
        boolean advanced,
        boolean deprecated,
        @Nullable String replacement,
        String daemon,
        String shortText,
        String longText) {}

package org.holdfast.scheduler.constraints;

/**
 * What the groups of a location constraint's {@code rsc-pattern} matched, to be put into a rule's
 * {@code score-attribute} or attribute names in place of {@code %0} to {@code %9} (Pacemaker
 * Explained, "Using Regular Expressions in Constraints").
 *
 * @param groups group 0 is the whole match; a group without a match is empty
 */
record Submatches(String[] groups) {

    /**
     * Replaces each {@code %} with a digit in {@code template} by that group, or by nothing if
     * there is no such group.
     */
    String expand(String template) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < template.length()) {
            char c = template.charAt(i);
            if (c == '%'
                    && i + 1 < template.length()
                    && Character.isDigit(template.charAt(i + 1))) {
                int group = template.charAt(i + 1) - '0';
                if (group < groups.length) {
                    out.append(groups[group]);
                }
                i += 2;
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }
}

package org.holdfast.corosyncconf;

import java.util.List;

/**
 * Prints a file as pcs does: values before sections, four blanks a level, an empty line between the
 * values and each section. Comments are not kept.
 */
public final class ConfPrinter {

    private static final String INDENT = "    ";

    private ConfPrinter() {}

    /** The whole file's text, which ends with a line end unless it is empty. */
    public static String print(ConfSection file) {
        StringBuilder out = new StringBuilder();
        printItems(out, file, "");
        return out.toString();
    }

    private static void printItems(StringBuilder out, ConfSection section, String indent) {
        List<ConfEntry> entries = section.entries();
        for (ConfEntry entry : entries) {
            out.append(indent).append(entry.name()).append(": ").append(entry.value()).append('\n');
        }
        boolean first = entries.isEmpty();
        for (ConfSection child : section.sections()) {
            if (!first) {
                out.append('\n');
            }
            first = false;
            out.append(indent).append(child.name()).append(" {\n");
            printItems(out, child, indent + INDENT);
            out.append(indent).append("}\n");
        }
    }
}

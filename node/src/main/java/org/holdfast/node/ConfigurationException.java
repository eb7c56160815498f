package org.holdfast.node;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.corosyncconf.Complaint;

/** The configuration cannot be used; says why, line by line. */
final class ConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final String PARSER_ERROR = "parser error: ";

    private final transient List<String> lines;

    ConfigurationException(List<String> lines) {
        super(String.join("; ", lines));
        this.lines = lines;
    }

    ConfigurationException(String line) {
        this(List.of(line));
    }

    List<String> lines() {
        return lines;
    }

    /** With Corosync's sentence first, and a line that says the same and more in its place. */
    ConfigurationException ledBy(Complaint complaint, String file) {
        List<String> all = new ArrayList<>(lines);
        String first = complaint.describe(file);
        String where = complaint.line() > 0 ? file + ":" + complaint.line() + ": " : "";
        for (String line : lines) {
            if (line.contains(where + complaint.text())) {
                all.remove(line);
                boolean marked = complaint.line() == 0 || line.startsWith(PARSER_ERROR);
                first = marked ? line : PARSER_ERROR + line;
                break;
            }
        }
        all.addFirst(first);
        return new ConfigurationException(all);
    }
}

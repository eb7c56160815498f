package org.holdfast.node;

import java.util.List;

/** The configuration cannot be used; says why, line by line. */
final class ConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

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
}

package org.holdfast.scheduler.model;

/** Something wrong in the input that an administrator should know, in the order found. */
public record Finding(Severity severity, String text) {

    /** How bad. */
    public enum Severity {
        CONFIG_ERROR,
        CONFIG_WARNING,
        PROCESSING_ERROR,
        PROCESSING_WARNING
    }
}

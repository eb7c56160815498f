package org.holdfast.corosyncconf;

/**
 * The sentence with which Corosync refuses a file.
 *
 * @param line the line that its parser stopped at, from 1; 0 if it read all
 * @param text the sentence
 */
public record Complaint(int line, String text) {

    /** As Corosync prints it. */
    public String describe(String file) {
        return line > 0 ? "parser error: " + file + ":" + line + ": " + text : text;
    }
}

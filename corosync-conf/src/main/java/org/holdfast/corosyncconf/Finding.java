package org.holdfast.corosyncconf;

/**
 * Something that the checker has to say about a line.
 *
 * @param kind how much it matters
 * @param line the line, from 1; 0 if it concerns the whole file
 * @param path the key with its sections, such as {@code totem.interface.mcastaddr}; may be empty
 * @param text a sentence: what is wrong, with the value, and what to do
 */
public record Finding(Kind kind, int line, String path, String text) {

    /** How much a finding matters. */
    public enum Kind {
        /** The file is wrong; a daemon does not start with it. */
        ERROR,
        /**
         * The file is right, and this version cannot do what it asks for; a daemon does not start.
         */
        UNSUPPORTED,
        /** The file is right and this setting has no effect here. */
        IGNORED,
        /** An old form that is still understood. */
        DEPRECATED
    }

    /** Whether a daemon must refuse the file because of it. */
    public boolean fatal() {
        return kind == Kind.ERROR || kind == Kind.UNSUPPORTED;
    }

    /** One line for people: {@code FILE:LINE: text}. */
    public String describe(String fileName) {
        return line > 0 ? fileName + ":" + line + ": " + text : fileName + ": " + text;
    }
}

package org.holdfast.tools.pcs;

/** Words of a shell's command line. */
final class Shell {

    private Shell() {}

    /** The text as one word for sh(1), in quotes only if it needs them. */
    static String quote(String text) {
        if (!text.isEmpty() && text.matches("[a-zA-Z0-9_@%+=:,./-]*")) {
            return text;
        }
        return "'" + text.replace("'", "'\"'\"'") + "'";
    }
}

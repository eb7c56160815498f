package org.holdfast.corosyncconf;

/**
 * What is known about a key.
 *
 * @param name the key; a {@code *} in it stands for any number (in {@code ring*_addr}) or name
 * @param value the values it takes
 * @param standing how it is treated
 * @param note why it is not applied, or what replaces it; empty for {@link Standing#APPLIED}
 */
record KeyRule(String name, ValueRule value, Standing standing, String note) {

    /** How a key is treated. */
    enum Standing {
        /** Read and used. */
        APPLIED,
        /** Understood, without effect in this program. */
        IGNORED,
        /** An old form. */
        DEPRECATED
    }

    boolean matches(String key) {
        int star = name.indexOf('*');
        if (star < 0) {
            return name.equals(key);
        }
        String head = name.substring(0, star);
        String tail = name.substring(star + 1);
        return key.length() > head.length() + tail.length()
                && key.startsWith(head)
                && key.endsWith(tail)
                && (tail.isEmpty()
                        || key.substring(head.length(), key.length() - tail.length())
                                .matches("[0-9]+"));
    }
}

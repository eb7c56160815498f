package org.holdfast.cib.acl;

/**
 * One permission of a role.
 *
 * @param kind what it permits or forbids
 * @param xpath what it is about
 */
public record Permission(Kind kind, String xpath) {

    /** What a permission permits or forbids. */
    public enum Kind {
        /** Reading. */
        READ,
        /** Reading and changing. */
        WRITE,
        /** Neither; wins over the others. */
        DENY
    }
}

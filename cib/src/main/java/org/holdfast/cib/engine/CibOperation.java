package org.holdfast.cib.engine;

import org.jspecify.annotations.Nullable;

/** What a request does, with the name that it has in messages. */
public enum CibOperation {
    /** Reads. */
    QUERY("cib_query", false),
    /** Adds what is not there yet. */
    CREATE("cib_create", true),
    /** Merges into what is there. */
    MODIFY("cib_modify", true),
    /** Puts something in the place of something. */
    REPLACE("cib_replace", true),
    /** Removes what matches. */
    DELETE("cib_delete", true),
    /** Empties the CIB. */
    ERASE("cib_erase", true),
    /** Raises the epoch. */
    BUMP("cib_bump", true),
    /** Rewrites the CIB for a newer schema. */
    UPGRADE("cib_upgrade", true),
    /** Applies a patchset. */
    APPLY_PATCH("cib_apply_diff", true),
    /** Carries out the requests of a transaction, all or none. */
    COMMIT_TRANSACTION("cib_commit_transact", true);

    private final String messageName;
    private final boolean modifies;

    CibOperation(String messageName, boolean modifies) {
        this.messageName = messageName;
        this.modifies = modifies;
    }

    /** The operation's name in messages. */
    public String messageName() {
        return messageName;
    }

    /** Whether the operation may change the CIB. */
    public boolean modifies() {
        return modifies;
    }

    /** Whether a transaction may hold requests for it. */
    public boolean isForTransactions() {
        return modifies && this != COMMIT_TRANSACTION;
    }

    /** The operation of a name in messages, or null. */
    public static @Nullable CibOperation ofMessage(String name) {
        for (CibOperation operation : values()) {
            if (operation.messageName.equals(name)) {
                return operation;
            }
        }
        return null;
    }
}

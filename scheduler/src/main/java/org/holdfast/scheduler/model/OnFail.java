package org.holdfast.scheduler.model;

/** What follows an operation's failure; rising severity: comparisons by ordinal are meant. */
public enum OnFail {
    IGNORE("ignore"),
    DEMOTE("demote"),
    RESTART("restart"),
    RESET_REMOTE("reset-remote"),
    RESTART_CONTAINER("restart-container"),
    BAN("ban"),
    BLOCK("block"),
    STOP("stop"),
    STANDBY_NODE("standby"),
    FENCE_NODE("fence");

    private final String text;

    OnFail(String text) {
        this.text = text;
    }

    /** The word for messages. */
    public String text() {
        return text;
    }
}

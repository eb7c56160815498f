package org.holdfast.cib.upgrade;

/** A configuration cannot be brought to the next schema version. */
public final class UpgradeException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says which element stands in the way and why. */
    public UpgradeException(String message) {
        super(message);
    }
}

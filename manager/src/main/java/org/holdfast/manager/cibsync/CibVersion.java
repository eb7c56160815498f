package org.holdfast.manager.cibsync;

import org.holdfast.cib.document.Element;

/**
 * A CIB's version, {@code admin_epoch.epoch.num_updates}.
 *
 * @param adminEpoch raised by administrators
 * @param epoch raised by every change of the configuration
 * @param updates raised by every change of the status
 */
public record CibVersion(long adminEpoch, long epoch, long updates)
        implements Comparable<CibVersion> {

    /** The version that the attributes of a {@code cib} element give; 0 where one is missing. */
    public static CibVersion of(Element cib) {
        return new CibVersion(
                number(cib, "admin_epoch"), number(cib, "epoch"), number(cib, "num_updates"));
    }

    private static long number(Element cib, String attribute) {
        String text = cib.getOr(attribute, "0");
        long value = 0;
        for (int i = 0; i < text.length() && i < 18; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return value;
            }
            value = value * 10 + digit - '0';
        }
        return value;
    }

    /** The part that the file on disk must hold: without status updates. */
    public CibVersion ofConfiguration() {
        return new CibVersion(adminEpoch, epoch, 0);
    }

    @Override
    public int compareTo(CibVersion other) {
        int byAdmin = Long.compare(adminEpoch, other.adminEpoch);
        if (byAdmin != 0) {
            return byAdmin;
        }
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Long.compare(updates, other.updates);
    }

    @Override
    public String toString() {
        return adminEpoch + "." + epoch + "." + updates;
    }
}

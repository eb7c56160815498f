package org.holdfast.cib.patch;

import org.holdfast.cib.document.Element;
import org.holdfast.cib.value.IntegerText;
import org.jspecify.annotations.Nullable;

/**
 * A CIB's version; later ones compare as greater.
 *
 * @param adminEpoch raised by administrators alone
 * @param epoch raised with each change of the configuration
 * @param numUpdates raised with each other change, 0 again with each new epoch
 */
public record CibVersion(int adminEpoch, int epoch, int numUpdates)
        implements Comparable<CibVersion> {

    /** The version that a CIB's root names; what is missing or no number counts as 0. */
    public static CibVersion of(Element cib) {
        return new CibVersion(
                number(cib, "admin_epoch", 0),
                number(cib, "epoch", 0),
                number(cib, "num_updates", 0));
    }

    /** An attribute as an integer, or the fallback if it is missing or none. */
    public static int number(Element element, String attribute, int fallback) {
        Integer value = numberOrNull(element, attribute);
        return value == null ? fallback : value;
    }

    static @Nullable Integer numberOrNull(Element element, String attribute) {
        String text = element.get(attribute);
        if (text == null) {
            return null;
        }
        IntegerText number = IntegerText.read(text, 0);
        return number.ok() && number.value() == (int) number.value()
                ? (Integer) (int) number.value()
                : null;
    }

    @Override
    public int compareTo(CibVersion other) {
        int order = Integer.compare(adminEpoch, other.adminEpoch);
        if (order == 0) {
            order = Integer.compare(epoch, other.epoch);
        }
        return order == 0 ? Integer.compare(numUpdates, other.numUpdates) : order;
    }

    /** As logs and commands show it: {@code 0.12.3}. */
    @Override
    public String toString() {
        return adminEpoch + "." + epoch + "." + numUpdates;
    }
}

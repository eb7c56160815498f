package org.holdfast.cib.upgrade;

/**
 * How much an upgrade may copy. References to references to references multiply what is written out
 * for each, so that a short document could otherwise fill any memory. For one upgrade.
 */
final class CopyBudget {

    private static final int ELEMENTS_MAX = 2_000_000;

    private int left = ELEMENTS_MAX;

    /**
     * Copies an element with all below it.
     *
     * @throws UpgradeException if too much has been copied
     */
    Draft copy(Draft original) throws UpgradeException {
        int[] size = {0};
        original.forEachInTree(each -> size[0]++);
        left -= size[0];
        if (left < 0) {
            throw new UpgradeException(
                    "references stand for more than " + ELEMENTS_MAX + " elements");
        }
        return original.copy();
    }
}

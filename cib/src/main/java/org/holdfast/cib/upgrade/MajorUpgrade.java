package org.holdfast.cib.upgrade;

import org.holdfast.cib.document.Element;

/** The three transformations that change a configuration's form. */
public enum MajorUpgrade {
    /** From schema 1.3 to 2.0: access control lists. */
    FROM_1_3_TO_2_0,
    /** From schema 2.10 to 3.0: options under old names, operations' attributes. */
    FROM_2_10_TO_3_0,
    /** From schema 3.10 to 4.0: lifetimes, several rules in a constraint, legacy kinds. */
    FROM_3_10_TO_4_0;

    /**
     * Transforms a CIB that is valid in the older version.
     *
     * @param cib the whole document
     * @param log takes what could not be kept
     * @return the document in the newer version, with its {@code validate-with}
     * @throws UpgradeException if something refers to what does not exist
     */
    public Element apply(Element cib, UpgradeLog log) throws UpgradeException {
        Draft draft = Draft.of(cib);
        switch (this) {
            case FROM_1_3_TO_2_0 -> AclSyntax.apply(draft);
            case FROM_2_10_TO_3_0 -> From2To3.apply(draft, log);
            case FROM_3_10_TO_4_0 -> From3To4.apply(draft, log);
        }
        return draft.toElement();
    }
}

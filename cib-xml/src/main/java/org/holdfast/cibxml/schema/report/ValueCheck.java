package org.holdfast.cibxml.schema.report;

/** Checks the values of attributes. */
final class ValueCheck {

    private final Situation situation;

    /** Whether the attribute that is being checked has an id that is taken. */
    private boolean isTaken;

    ValueCheck(Situation situation) {
        this.situation = situation;
    }

    /** Checks the attribute that a pattern names, and uses it up if it fits. */
    int checkAttribute(Pattern pattern) {
        Progress state = situation.state();
        for (int i = state.firstLeft(0); i >= 0; i = state.firstLeft(i + 1)) {
            Item.Attribute attribute = state.attribute(i);
            if (attribute.name.equals(pattern.name)) {
                isTaken = false;
                if (!fits(pattern.content.getFirst(), attribute)) {
                    return isTaken ? PatternCheck.STAYS : PatternCheck.FAILS;
                }
                state.use(i);
                return PatternCheck.FITS;
            }
        }
        return PatternCheck.FAILS;
    }

    private boolean fits(Pattern pattern, Item.Attribute attribute) {
        return switch (pattern.kind) {
            case TEXT -> true;
            case EMPTY -> Datatypes.trim(attribute.value).isEmpty();
            case VALUE -> isValue(pattern, attribute.value);
            case DATA -> isOfType(pattern, attribute);
            case CHOICE -> fitsOneOf(pattern, attribute);
            case EXCEPT -> pattern.content.stream().noneMatch(part -> fits(part, attribute));
            case DEFINITION, REFERENCE, SEQUENCE ->
                    pattern.content.stream().allMatch(part -> fits(part, attribute));
            case NOT_ALLOWED,
                    ANYTHING,
                    ELEMENT,
                    ATTRIBUTE,
                    OPTIONAL,
                    ZERO_OR_MORE,
                    ONE_OR_MORE,
                    INTERLEAVE ->
                    false;
        };
    }

    private boolean isValue(Pattern pattern, String value) {
        if (pattern.name.equals(Pattern.TOKEN)) {
            return Datatypes.normalized(value).equals(Datatypes.normalized(pattern.value));
        }
        if (!value.equals(pattern.value)) {
            // The reference's strings are equal or cannot be compared.
            situation.complain(Complaint.TYPE_NOT_COMPARABLE, pattern.name);
            return false;
        }
        return true;
    }

    private boolean isOfType(Pattern pattern, Item.Attribute attribute) {
        if (!Datatypes.allows(pattern.name, attribute.value)) {
            situation.complain(Complaint.NOT_OF_TYPE, pattern.name, attribute.value);
            return false;
        }
        String bare = Datatypes.trim(attribute.value);
        if (pattern.name.equals("IDREF")) {
            situation.ids.refer(attribute, bare);
        } else if (pattern.name.equals("ID") && !situation.ids.claim(attribute, bare)) {
            situation.complain(Complaint.ID_TAKEN, attribute.value);
            isTaken = true;
            return false;
        }
        return Datatypes.keeps(pattern.facets, attribute.value)
                && pattern.content.stream().allMatch(part -> fits(part, attribute));
    }

    private boolean fitsOneOf(Pattern choice, Item.Attribute attribute) {
        boolean wasTentative = situation.isTentative;
        situation.isTentative = true;
        boolean fits = choice.content.stream().anyMatch(part -> fits(part, attribute));
        situation.isTentative = wasTentative;
        if (fits) {
            if (situation.complaints.count() > 0) {
                situation.complaints.dropTo(0);
            }
        } else {
            situation.tellIfCertain();
        }
        return fits;
    }
}

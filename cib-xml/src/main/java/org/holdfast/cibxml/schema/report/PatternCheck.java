package org.holdfast.cibxml.schema.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks what is left of an element against patterns. Where several ways are open, all are
 * followed, so afterwards there may be several states. Results are {@link #FITS}, {@link #STAYS} or
 * negative; any negative result but {@link #FAILS} lets a sequence go on with its next part.
 */
final class PatternCheck {

    static final int FITS = 0;
    static final int FAILS = -1;

    /** An attribute does not fit and is left over, but what is about others may go on. */
    static final int STAYS = 2;

    private final Situation situation;
    private final ValueCheck values;
    private final ElementCheck elements;
    private final InterleaveCheck interleaves;

    PatternCheck(Situation situation) {
        this.situation = situation;
        this.values = new ValueCheck(situation);
        this.elements = new ElementCheck(situation, this);
        this.interleaves = new InterleaveCheck(situation, this);
    }

    /** Checks every open state. */
    int check(Pattern pattern) {
        situation.unwrap();
        States starts = situation.several;
        if (starts == null) {
            int result = checkState(pattern);
            situation.unwrap();
            return result;
        }
        situation.several = null;
        boolean wasTentative = situation.isTentative;
        situation.isTentative = true;
        List<Progress> single = new ArrayList<>();
        States all = null;
        for (Progress start : starts.list()) {
            situation.one = start;
            int result = checkState(pattern);
            States ends = situation.several;
            Progress end = situation.one;
            situation.several = null;
            situation.one = null;
            if (result != FITS) {
                continue;
            }
            if (ends == null) {
                if (end != null) {
                    if (all == null) {
                        single.add(end);
                    } else {
                        all.add(end);
                    }
                }
            } else if (all == null) {
                all = ends;
                all.addAll(single);
            } else {
                all.addAll(ends.list());
            }
        }
        situation.isTentative = wasTentative;
        if (all != null) {
            situation.several = all;
        } else if (single.size() > 1) {
            situation.several = new States();
            single.forEach(situation.several::addAnyway);
        } else if (single.size() == 1) {
            situation.one = single.getFirst();
        } else {
            return FAILS;
        }
        return FITS;
    }

    /** Checks patterns one after the other. */
    int checkAll(List<Pattern> patterns) {
        if (patterns.isEmpty()) {
            situation.complain(Complaint.NO_LIST);
            return FAILS;
        }
        return checkWhileStates(patterns, true);
    }

    /** Checks an element's attributes: single ones first, in any case all of these. */
    int checkAttributes(List<Pattern> patterns) {
        int result = FITS;
        for (Pattern pattern : patterns) {
            if (pattern.kind == Pattern.Kind.ATTRIBUTE && values.checkAttribute(pattern) != FITS) {
                result = FAILS;
            }
        }
        return Math.min(result, checkWhileStates(patterns, false));
    }

    private int checkWhileStates(List<Pattern> patterns, boolean isContent) {
        int result = FITS;
        for (Pattern pattern : patterns) {
            if (!isContent && pattern.kind == Pattern.Kind.ATTRIBUTE) {
                continue;
            }
            if (!situation.hasState()) {
                situation.complain(Complaint.NO_STATE);
                return FAILS;
            }
            int part = check(pattern);
            if (part < 0) {
                result = FAILS;
            }
            if (part == FAILS) {
                break;
            }
        }
        return result;
    }

    private int checkState(Pattern pattern) {
        situation.effort.spend();
        return switch (pattern.kind) {
            case EMPTY -> FITS;
            case NOT_ALLOWED, DATA, VALUE, EXCEPT -> FAILS;
            case TEXT -> {
                Progress state = situation.state();
                while (state.next != null && !state.next.isElement) {
                    state.next = state.next.next;
                }
                yield FITS;
            }
            case ANYTHING -> {
                Progress state = situation.state();
                state.useAll();
                yield FITS;
            }
            case ELEMENT -> elements.check(pattern);
            case ATTRIBUTE -> values.checkAttribute(pattern);
            case DEFINITION, SEQUENCE -> checkAll(pattern.content);
            case REFERENCE -> check(pattern.content.getFirst());
            case OPTIONAL -> checkOptional(pattern);
            case ONE_OR_MORE -> checkOneOrMore(pattern);
            case ZERO_OR_MORE -> checkZeroOrMore(pattern);
            case CHOICE -> checkChoice(pattern);
            case INTERLEAVE -> interleaves.check(pattern);
        };
    }

    private int checkOptional(Pattern pattern) {
        int waiting = situation.complaints.count();
        boolean wasTentative = situation.isTentative;
        situation.isTentative = true;
        Progress without = situation.state().copy();
        if (checkAll(pattern.content) == FITS) {
            if (situation.several != null) {
                situation.several.add(without);
            } else {
                States both = new States();
                both.add(without);
                both.add(situation.state());
                situation.several = both;
                situation.one = null;
            }
        } else {
            situation.one = without;
        }
        situation.isTentative = wasTentative;
        situation.complaints.dropBack(waiting);
        return FITS;
    }

    private int checkOneOrMore(Pattern pattern) {
        int waiting = situation.complaints.count();
        int result = checkAll(pattern.content);
        if (result != FITS) {
            return result;
        }
        situation.complaints.dropBack(waiting);
        return checkZeroOrMore(pattern);
    }

    /** Complaints of the round that did not fit stay: what follows may need them. */
    private int checkZeroOrMore(Pattern pattern) {
        States reached = new States();
        List<Progress> starts =
                situation.several == null ? List.of(situation.state()) : situation.several.list();
        for (Progress start : starts) {
            reached.add(start.copy());
        }
        boolean wasTentative = situation.isTentative;
        situation.isTentative = true;
        while (!starts.isEmpty()) {
            int known = reached.size();
            for (Progress start : starts) {
                situation.one = start;
                situation.several = null;
                if (checkAll(pattern.content) == FITS) {
                    collectStates(reached);
                }
                situation.one = null;
                situation.several = null;
            }
            starts = new ArrayList<>();
            for (Progress fresh : reached.list().subList(known, reached.size())) {
                starts.add(fresh.copy());
            }
        }
        situation.several = reached;
        situation.isTentative = wasTentative;
        return FITS;
    }

    private void collectStates(States into) {
        if (situation.one != null) {
            into.add(situation.one);
        } else if (situation.several != null) {
            into.addAll(situation.several.list());
        }
    }

    private int checkChoice(Pattern choice) {
        int waiting = situation.complaints.count();
        Item next = situation.state().next;
        Map<String, Pattern> branches = choice.branches;
        if (branches != null && next != null) {
            Pattern branch = branches.get(next.name);
            if (branch == null) {
                situation.complain(Complaint.UNEXPECTED_ELEMENT, next.name);
                return FAILS;
            }
            return check(branch);
        }
        boolean wasTentative = situation.isTentative;
        situation.isTentative = true;
        States fitting = new States();
        boolean isFitting = false;
        int result = FAILS;
        Progress start = situation.state();
        for (Pattern branch : choice.content) {
            Progress kept = start.copy();
            situation.one = start;
            result = check(branch);
            if (result == FITS) {
                isFitting = true;
                collectStates(fitting);
            }
            situation.several = null;
            start = kept;
        }
        situation.one = isFitting ? null : start;
        situation.several = isFitting ? fitting : null;
        situation.isTentative = wasTentative;
        if (isFitting) {
            situation.complaints.dropBack(waiting);
            return FITS;
        }
        situation.tellIfCertain();
        return result;
    }
}

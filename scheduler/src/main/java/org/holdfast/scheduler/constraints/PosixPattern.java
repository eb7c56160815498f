package org.holdfast.scheduler.constraints;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A POSIX extended regular expression (IEEE 1003.1, section 9.4) as location constraints use it in
 * {@code rsc-pattern}, matched anywhere in a resource's id.
 *
 * <p>Matching is bounded: a pattern that backtracks for more than {@link #STEPS_MAX} steps counts
 * as not matching, so that no configuration can hold up the scheduler. Immutable; usable from any
 * thread.
 */
public final class PosixPattern {

    /** Most characters that one match may look at. */
    static final int STEPS_MAX = 2_000_000;

    private final Pattern pattern;

    private PosixPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Returns the compiled expression, or nothing if {@code expression} is not a valid one. */
    public static Optional<PosixPattern> compile(String expression) {
        try {
            String translated = new PosixTranslator(expression).translate();
            return Optional.of(new PosixPattern(Pattern.compile(translated, Pattern.DOTALL)));
        } catch (PatternSyntaxException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** Whether {@code text} has a match anywhere. */
    public boolean isFoundIn(String text) {
        return find(text).isPresent();
    }

    /** Those of the texts that have a match; for all of them there are as many steps as for one. */
    public List<String> foundIn(Collection<String> texts) {
        int[] steps = {STEPS_MAX};
        return texts.stream().filter(text -> find(text, steps).isPresent()).toList();
    }

    /** Returns the first match in {@code text} with its groups, group 0 being the whole match. */
    Optional<Submatches> find(String text) {
        return find(text, new int[] {STEPS_MAX});
    }

    private Optional<Submatches> find(String text, int[] steps) {
        Matcher matcher = pattern.matcher(new Budgeted(text, steps));
        try {
            if (!matcher.find()) {
                return Optional.empty();
            }
        } catch (BudgetSpent | StackOverflowError e) {
            return Optional.empty();
        }
        String[] groups = new String[matcher.groupCount() + 1];
        for (int i = 0; i < groups.length; i++) {
            int start = matcher.start(i);
            groups[i] = start < 0 ? "" : text.substring(start, matcher.end(i));
        }
        return Optional.of(new Submatches(groups));
    }

    private static final class BudgetSpent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BudgetSpent() {
            super("pattern needs too many steps", null, false, false);
        }
    }

    /** Text that may be looked at only so often. */
    private record Budgeted(String text, int[] stepsLeft) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--stepsLeft[0] < 0) {
                throw new BudgetSpent();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}

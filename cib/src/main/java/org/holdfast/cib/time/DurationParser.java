package org.holdfast.cib.time;

import org.holdfast.cib.value.IntegerText;

/** Reads one ISO 8601 duration; for one use. */
final class DurationParser {

    private final String text;
    private int at = 1;
    private boolean time;
    private int years;
    private int months;
    private int days;
    private int seconds;

    DurationParser(String text) {
        this.text = text;
    }

    CibTime parse() throws TimeSyntaxException {
        if (text.isEmpty()) {
            throw new TimeSyntaxException("No ISO 8601 time duration given");
        }
        if (text.charAt(0) != 'P') {
            throw bad("it does not start with a 'P'");
        }
        if (ended() && charOr(1) != '/') {
            throw bad("nothing follows 'P'");
        }
        while (!ended()) {
            if (text.charAt(at) == 'T') {
                time = true;
                at++;
            } else {
                component();
            }
        }
        if (years == 0 && months == 0 && days == 0 && seconds == 0) {
            throw bad("no amounts and units given");
        }
        return new CibTime(years, months, days, seconds, 0, true);
    }

    private boolean ended() {
        return at >= text.length()
                || text.charAt(at) == '/'
                || IntegerText.isSpace(text.charAt(at));
    }

    private char charOr(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private void component() throws TimeSyntaxException {
        int amount = amount();
        char unit = charOr(at++);
        switch (unit) {
            case 'Y' -> years = amount;
            case 'M' -> {
                if (time) {
                    seconds = sum(seconds, amount, 60);
                } else {
                    months = amount;
                }
            }
            case 'W' -> days = sum(days, amount, 7);
            case 'D' -> days = sum(days, amount, 1);
            case 'H' -> seconds = sum(seconds, amount, 3600);
            case 'S' -> seconds = sum(seconds, amount, 1);
            default -> throw bad("'" + unit + "' is not a valid time unit");
        }
    }

    private int sum(int before, int amount, long factor) throws TimeSyntaxException {
        long sum = before + amount * factor;
        if (sum != (int) sum) {
            throw bad("the value of a unit is too large");
        }
        return (int) sum;
    }

    /** An integer of at most ten digits with an optional sign (a colon counts as plus). */
    private int amount() throws TimeSyntaxException {
        char sign = charOr(at);
        if (sign == '-' || sign == '+' || sign == ':') {
            at++;
        }
        long value = 0;
        int digits = 0;
        while (digits < 10 && IntegerText.isDigit(charOr(at))) {
            value = value * 10 + (charOr(at) - '0');
            digits++;
            at++;
        }
        if (digits == 0 || value > Integer.MAX_VALUE) {
            throw bad("there is no valid integer where a unit's amount should be");
        }
        return (int) (sign == '-' ? -value : value);
    }

    private TimeSyntaxException bad(String why) {
        return new TimeSyntaxException(
                "'" + text + "' is not a valid ISO 8601 duration because " + why);
    }
}

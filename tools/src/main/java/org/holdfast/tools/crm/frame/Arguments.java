package org.holdfast.tools.crm.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.value.IntegerText;
import org.jspecify.annotations.Nullable;

/** A command line, read as GLib's option parser reads it. Immutable. */
public final class Arguments {

    /**
     * An option as it was given.
     *
     * @param name its long name
     * @param value its value; null if it has none
     * @param asTyped what the user typed: {@code -x} or {@code --xml-file}
     */
    public record Given(String name, @Nullable String value, String asTyped) {}

    private static final String UNREADABLE = "Invalid byte sequence in conversion input";

    private final List<Given> given;
    private final List<String> rest;
    private final @Nullable String unreadable;

    private Arguments(List<Given> given, List<String> rest, @Nullable String unreadable) {
        this.given = List.copyOf(given);
        this.rest = List.copyOf(rest);
        this.unreadable = unreadable;
    }

    /**
     * Reads a command line, up to the first option that asks for help.
     *
     * @param environment the variables that tell the user's locale
     * @throws UsageException if an option is unknown, lacks its value, or has a wrong one; the
     *     first mistake counts
     */
    public static Arguments parse(
            OptionSpec spec, List<String> arguments, Map<String, String> environment)
            throws UsageException {
        boolean ascii = !spec.usersLocale() || !speaksUtf8(environment);
        return new Reader(spec, split(arguments, spec.gluedLetters(), new ArrayList<>()), ascii)
                .read();
    }

    private static boolean speaksUtf8(Map<String, String> environment) {
        for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            String locale = environment.getOrDefault(name, "");
            if (!locale.isEmpty()) {
                String charset = locale.substring(locale.indexOf('.') + 1);
                return charset.replace("-", "").equalsIgnoreCase("utf8");
            }
        }
        return false;
    }

    /** Whether an option was given. */
    public boolean has(String name) {
        return given.stream().anyMatch(option -> option.name.equals(name));
    }

    /** How often an option was given. */
    public int count(String name) {
        return (int) given.stream().filter(option -> option.name.equals(name)).count();
    }

    /** The last value of an option, or null. */
    public @Nullable String value(String name) {
        for (Given option : given.reversed()) {
            if (option.name.equals(name)) {
                return option.value;
            }
        }
        return null;
    }

    /** All values of an option in order. */
    public List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (Given option : given) {
            if (option.name.equals(name) && option.value != null) {
                values.add(option.value);
            }
        }
        return values;
    }

    /** All options in the order in which they were given. */
    public List<Given> given() {
        return given;
    }

    /** What is no option; with the {@code --} before it, if any of what follows looks like one. */
    public List<String> rest() {
        return rest;
    }

    /**
     * What is wrong with the value of an option that need not have one, and so was taken to have
     * none; null if nothing. A command shows this, and no other error, when it ends.
     */
    @Nullable String unreadable() {
        return unreadable;
    }

    /** What the user is told of values that follow their letter without a blank, line by line. */
    public static List<String> notices(OptionSpec spec, List<String> arguments) {
        List<String> notices = new ArrayList<>();
        split(arguments, spec.gluedLetters(), notices);
        return notices;
    }

    /** Takes groups of short options apart and separates a value from the letter before it. */
    private static List<String> split(
            List<String> arguments, String gluedLetters, List<String> notices) {
        List<String> out = new ArrayList<>();
        boolean optionsEnded = false;
        boolean valueFollows = false;
        for (String argument : arguments) {
            optionsEnded |= argument.equals("--") && !valueFollows;
            if (optionsEnded
                    || valueFollows
                    || !argument.startsWith("-")
                    || argument.startsWith("--")
                    || argument.equals("-")
                    || argument.equals("-INFINITY")
                    || isNegativeNumber(argument)) {
                out.add(argument);
                valueFollows = false;
                continue;
            }
            for (int i = 1; i < argument.length(); i++) {
                char letter = argument.charAt(i);
                out.add("-" + letter);
                if (gluedLetters.indexOf(letter) >= 0) {
                    if (i + 1 < argument.length()) {
                        String value = argument.substring(i + 1);
                        out.add(value);
                        notices.add("Deprecated argument format '-" + letter + value + "' used.");
                        notices.add(
                                "Please use '-"
                                        + letter
                                        + " "
                                        + value
                                        + "' instead.  Support will be removed in a future release.");
                    } else {
                        valueFollows = true;
                    }
                    break;
                }
            }
        }
        return out;
    }

    private static boolean isNegativeNumber(String argument) {
        return argument.length() > 1
                && argument.charAt(1) != '0'
                && argument.substring(1).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** One pass over the arguments. */
    private static final class Reader {

        private final OptionSpec spec;
        private final List<String> arguments;
        private final List<Given> given = new ArrayList<>();
        private final List<String> rest = new ArrayList<>();
        private final boolean ascii;
        private @Nullable String unreadable;
        private int at;

        Reader(OptionSpec spec, List<String> arguments, boolean ascii) {
            this.spec = spec;
            this.arguments = arguments;
            this.ascii = ascii;
        }

        Arguments read() throws UsageException {
            while (at < arguments.size() && !asksForHelp()) {
                String argument = arguments.get(at++);
                if (argument.equals("--")) {
                    List<String> behind = arguments.subList(at, arguments.size());
                    if (!spec.takesRest() && behind.stream().anyMatch(s -> s.startsWith("-"))) {
                        rest.add(argument);
                    }
                    for (String word : behind) {
                        addRest(word);
                    }
                    break;
                }
                if (argument.startsWith("--")) {
                    longOption(argument);
                } else if (argument.startsWith("-") && argument.length() > 1) {
                    for (int i = 1; i < argument.length(); i++) {
                        shortOption(argument, argument.charAt(i));
                    }
                } else {
                    addRest(argument);
                }
            }
            return new Arguments(given, rest, unreadable);
        }

        private void addRest(String word) throws UsageException {
            if (spec.takesRest()) {
                checkCharacters(word);
            }
            rest.add(word);
        }

        private boolean asksForHelp() {
            return !given.isEmpty() && given.getLast().name.startsWith("help");
        }

        private void longOption(String argument) throws UsageException {
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            OptionSpec.Option option = spec.byName(name);
            // GLib takes a value behind a flag, and does nothing with it; but not behind --help.
            if (option == null || equals >= 0 && name.startsWith("help")) {
                throw new UsageException(ExitCode.USAGE, "Unknown option " + argument);
            }
            take(option, equals < 0 ? null : argument.substring(equals + 1), "--" + name, argument);
        }

        private void shortOption(String argument, char letter) throws UsageException {
            OptionSpec.Option option = spec.byLetter(letter);
            if (option == null) {
                throw new UsageException(ExitCode.USAGE, "Unknown option " + argument);
            }
            take(option, null, "-" + letter, argument);
        }

        private void take(
                OptionSpec.Option option,
                @Nullable String attached,
                String asTyped,
                String argument)
                throws UsageException {
            String value = option.kind() == OptionSpec.Kind.FLAG ? null : attached;
            switch (option.kind()) {
                case FLAG -> {
                    // has none
                }
                case VALUE, INTEGER -> {
                    if (value == null) {
                        if (at >= arguments.size()) {
                            throw new UsageException(
                                    ExitCode.USAGE, "Missing argument for " + argument);
                        }
                        value = arguments.get(at++);
                    }
                    if (option.kind() == OptionSpec.Kind.INTEGER) {
                        checkInteger(value, asTyped);
                    } else if (!spec.isFileName(option)) {
                        checkCharacters(value);
                    }
                }
                case OPTIONAL_VALUE -> {
                    if (value == null
                            && at < arguments.size()
                            && !arguments.get(at).startsWith("-")) {
                        value = arguments.get(at++);
                    }
                    if (!isReadable(value)) {
                        value = null;
                        unreadable = UNREADABLE;
                    }
                }
            }
            spec.check(option, asTyped, value);
            given.add(new Given(option.name(), value, asTyped));
        }

        private boolean isReadable(@Nullable String value) {
            return !ascii || value == null || value.chars().allMatch(c -> c <= 0x7F);
        }

        private void checkCharacters(String value) throws UsageException {
            if (!isReadable(value)) {
                throw new UsageException(ExitCode.USAGE, UNREADABLE);
            }
        }

        private static void checkInteger(String value, String asTyped) throws UsageException {
            IntegerText number = IntegerText.read(value, 0);
            boolean hexadecimal = value.matches("[+-]?0[xX][0-9a-fA-F]+");
            if (!hexadecimal && (!number.ok() || number.end() != value.length())) {
                throw new UsageException(
                        ExitCode.USAGE,
                        "Cannot parse integer value “" + value + "” for " + asTyped);
            }
            if (number.value() != (int) number.value()) {
                throw new UsageException(
                        ExitCode.USAGE,
                        "Integer value “" + value + "” for " + asTyped + " out of range");
            }
        }
    }
}

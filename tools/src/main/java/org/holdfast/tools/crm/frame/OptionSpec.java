package org.holdfast.tools.crm.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The options that a command knows. Commands build it in one expression and do not change it. */
public final class OptionSpec {

    /** Whether an option takes a value. */
    public enum Kind {
        /** No value. */
        FLAG,
        /** A value. */
        VALUE,
        /** An integer. */
        INTEGER,
        /** Perhaps a value. */
        OPTIONAL_VALUE
    }

    /**
     * One option.
     *
     * @param name its long name, by which its value is asked for
     * @param letter its short name; 0 if it has none
     * @param kind whether it takes a value
     * @param help what it does, in a sentence for {@code --help}; the empty string hides it
     * @param value the value's name in {@code --help}
     */
    record Option(String name, char letter, Kind kind, String help, String value) {}

    /** A rule on an option, checked when the option is read: before all that comes behind it. */
    @FunctionalInterface
    public interface Check {

        /**
         * Checks an option.
         *
         * @param asTyped what the user typed: {@code -x} or {@code --xml-file}
         * @param value its value; null if it has none
         * @throws UsageException if it breaks the rule
         */
        void check(String asTyped, @Nullable String value) throws UsageException;
    }

    private static final String HELP = "help";

    private final List<Option> options = new ArrayList<>();
    private final Map<String, Check> checks = new TreeMap<>();
    private final Set<String> fileNames = new TreeSet<>();
    private final String summary;
    private String gluedLetters = "";
    private boolean usersLocale;
    private boolean takesRest;

    /** Options of a command, of which a summary says what it is for. */
    public OptionSpec(String summary) {
        this.summary = summary;
        flag(HELP, 'h', "Show this help");
        flag("help-all", '\0', "Show this help");
        flag("version", '$', "Show the version and end");
        flag("verbose", 'V', "Say more (may be given several times)");
    }

    /** Adds the options for parts of the help, by the parts' names; all show the whole. */
    public OptionSpec helpOn(String... parts) {
        for (String part : parts) {
            flag(HELP + "-" + part, '\0', "Show this help");
        }
        return this;
    }

    /** Whether an option asks for help. */
    static boolean isHelp(String name) {
        return name.equals(HELP) || name.startsWith(HELP + "-");
    }

    /** Adds the options on the form of the output. */
    public OptionSpec withOutput() {
        value("output-as", '\0', "FORMAT", "How to print: text, xml or none");
        return value("output-to", '\0', "DEST", "File for the output (\"-\" for standard output)");
    }

    /** Short options whose value may stand right behind the letter, as in {@code -xFILE}. */
    public OptionSpec glued(String letters) {
        gluedLetters = letters;
        return this;
    }

    /** Adds an option without value. */
    public OptionSpec flag(String name, char letter, String help) {
        options.add(new Option(name, letter, Kind.FLAG, help, ""));
        return this;
    }

    /** Adds an option with a value. */
    public OptionSpec value(String name, char letter, String valueName, String help) {
        options.add(new Option(name, letter, Kind.VALUE, help, valueName));
        return this;
    }

    /** Adds an option with an integer. */
    public OptionSpec integer(String name, char letter, String valueName, String help) {
        options.add(new Option(name, letter, Kind.INTEGER, help, valueName));
        return this;
    }

    /** Adds an option that may have a value. */
    public OptionSpec optionalValue(String name, char letter, String valueName, String help) {
        options.add(new Option(name, letter, Kind.OPTIONAL_VALUE, help, valueName));
        return this;
    }

    /** Adds a rule on an option's value. */
    public OptionSpec check(String name, Check check) {
        checks.put(name, check);
        return this;
    }

    /** Options whose values are file names, which may hold any characters in any locale. */
    public OptionSpec fileNames(String... names) {
        fileNames.addAll(List.of(names));
        return this;
    }

    /**
     * Values are read in the user's locale. Pacemaker's other commands read them in the locale "C",
     * whatever the user's is, and so refuse all that is not ASCII.
     */
    public OptionSpec inUsersLocale() {
        usersLocale = true;
        return this;
    }

    /** What is no option is read as an option's value is, which never keeps a {@code --}. */
    public OptionSpec takingRest() {
        takesRest = true;
        return this;
    }

    boolean takesRest() {
        return takesRest;
    }

    boolean usersLocale() {
        return usersLocale;
    }

    boolean isFileName(Option option) {
        return fileNames.contains(option.name);
    }

    void check(Option option, String asTyped, @Nullable String value) throws UsageException {
        Check check = checks.get(option.name);
        if (check != null) {
            check.check(asTyped, value);
        }
    }

    String gluedLetters() {
        return gluedLetters;
    }

    @Nullable Option byName(String name) {
        for (Option option : options) {
            if (option.name.equals(name)) {
                return option;
            }
        }
        return null;
    }

    @Nullable Option byLetter(char letter) {
        // A command's own letters go before those that every command has.
        for (Option option : options.reversed()) {
            if (option.letter == letter && letter != 0) {
                return option;
            }
        }
        return letter == '?' ? byName("help") : null;
    }

    /** The text of {@code --help}. */
    public String help(String command) {
        StringBuilder out = new StringBuilder();
        out.append("Usage:\n  ").append(command).append(" [OPTION...]\n\n").append(summary);
        out.append("\n\nOptions:\n");
        for (Option option : options) {
            if (option.help.isEmpty()) {
                continue;
            }
            String left =
                    (option.letter == 0 ? "      --" : "  -" + option.letter + ", --")
                            + option.name
                            + (option.kind == Kind.FLAG ? "" : "=" + option.value);
            out.append(left).repeat(' ', Math.max(2, 32 - left.length()));
            out.append(option.help).append('\n');
        }
        return out.toString();
    }
}

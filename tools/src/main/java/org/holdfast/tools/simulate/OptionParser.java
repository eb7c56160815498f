package org.holdfast.tools.simulate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.holdfast.tools.simulate.SimulateOptions.Flag;

/**
 * Reads {@code crm_simulate}'s command line: long options, short options, bundled short options.
 */
final class OptionParser {

    /** The command line is wrong; the message is for the user. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    private static final String SHORT_WITH_VALUE = "bdefgiqrtuwxDFGINOP";

    private static final Map<String, Character> LONG = longNames();

    private final SimulateOptions options = new SimulateOptions();

    private OptionParser() {}

    static SimulateOptions parse(List<String> arguments) throws UsageException {
        OptionParser parser = new OptionParser();
        for (int i = 0; i < arguments.size(); ) {
            i = parser.parseAt(arguments, i);
        }
        return parser.options;
    }

    /** Takes the argument at an index, with its value if it has one; the index behind it. */
    private int parseAt(List<String> arguments, int index) throws UsageException {
        String argument = arguments.get(index);
        if (argument.startsWith("--") && argument.length() > 2) {
            return parseLong(arguments, index, argument.substring(2));
        }
        if (!argument.startsWith("-") || argument.length() < 2) {
            throw new UsageException("Unexpected argument " + argument);
        }
        for (int at = 1; at < argument.length(); at++) {
            char name = argument.charAt(at);
            if (SHORT_WITH_VALUE.indexOf(name) >= 0) {
                if (at + 1 < argument.length()) {
                    set(name, argument.substring(at + 1));
                    return index + 1;
                }
                set(name, valueAt(arguments, index + 1, "-" + name));
                return index + 2;
            }
            set(name, "");
        }
        return index + 1;
    }

    private int parseLong(List<String> arguments, int index, String text) throws UsageException {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        if (name.equals("output-as") || name.equals("output-to")) {
            String value =
                    equals < 0
                            ? valueAt(arguments, index + 1, "--" + name)
                            : text.substring(equals + 1);
            if (name.equals("output-as")) {
                options.format = value;
            } else {
                options.outputTo = value;
            }
            return equals < 0 ? index + 2 : index + 1;
        }
        Character shortName = LONG.get(name);
        if (shortName == null) {
            throw new UsageException("Unknown option --" + name);
        }
        if (SHORT_WITH_VALUE.indexOf(shortName) < 0) {
            set(shortName, "");
            return index + 1;
        }
        if (equals >= 0) {
            set(shortName, text.substring(equals + 1));
            return index + 1;
        }
        set(shortName, valueAt(arguments, index + 1, "--" + name));
        return index + 2;
    }

    private static String valueAt(List<String> arguments, int index, String option)
            throws UsageException {
        if (index >= arguments.size()) {
            throw new UsageException("Missing argument for " + option);
        }
        return arguments.get(index);
    }

    private void set(char name, String value) throws UsageException {
        switch (name) {
            case 'R' -> options.flags.add(Flag.RUN);
            case 'S' -> simulate();
            case 'X' -> {
                options.flags.add(Flag.IN_PLACE);
                simulate();
            }
            case 'A' -> options.flags.add(Flag.SHOW_ATTRIBUTES);
            case 'c' -> options.flags.add(Flag.SHOW_FAIL_COUNTS);
            case 's' -> run(Flag.SHOW_SCORES);
            case 'U' -> run(Flag.SHOW_UTILIZATION);
            case 'a' -> options.flags.add(Flag.ALL_ACTIONS);
            case 'j' -> {}
            case 'L' -> options.xmlFile = null;
            case 'p' -> options.xmlFile = "-";
            case 'x' -> options.xmlFile = value;
            case 'Q' -> options.flags.add(Flag.QUIET);
            case 'V' -> options.flags.add(Flag.VERBOSE);
            case '$' -> options.flags.add(Flag.VERSION);
            case '?', 'h' -> options.flags.add(Flag.HELP);
            case 'D' -> {
                options.dotFile = value;
                options.flags.add(Flag.RUN);
            }
            case 'G' -> {
                options.graphFile = value;
                options.flags.add(Flag.RUN);
            }
            case 'I' -> options.inputFile = value;
            case 'O' -> options.outputFile = value;
            case 'P' -> options.profileDirectory = value;
            case 'N' -> options.repeat = number(value);
            default -> setSynthetic(name, value);
        }
    }

    private void setSynthetic(char name, String value) throws UsageException {
        switch (name) {
            case 'u' -> options.nodesUp.add(value);
            case 'd' -> options.nodesDown.add(value);
            case 'f' -> options.nodesFail.add(value);
            case 'i' -> options.injectedOperations.add(value);
            case 'F' -> {
                options.failedOperations.add(value);
                simulate();
            }
            case 't' -> options.date = value;
            case 'q' -> options.quorum = value;
            case 'w' -> options.watchdog = value;
            case 'g' -> options.ticketsGranted.add(value);
            case 'r' -> options.ticketsRevoked.add(value);
            case 'b' -> options.ticketsStandby.add(value);
            case 'e' -> options.ticketsActivated.add(value);
            default -> throw new UsageException("Unknown option -" + name);
        }
    }

    private void simulate() {
        run(Flag.SIMULATE);
    }

    private void run(Flag flag) {
        options.flags.add(Flag.RUN);
        options.flags.add(flag);
    }

    private static int number(String value) throws UsageException {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new UsageException("Cannot parse integer value '" + value + "' for --repeat");
        }
    }

    private static Map<String, Character> longNames() {
        Map<String, Character> names = new TreeMap<>();
        String[] pairs = {
            "run",
            "R",
            "simulate",
            "S",
            "in-place",
            "X",
            "show-attrs",
            "A",
            "show-failcounts",
            "c",
            "show-scores",
            "s",
            "show-utilization",
            "U",
            "profile",
            "P",
            "repeat",
            "N",
            "pending",
            "j",
            "node-up",
            "u",
            "node-down",
            "d",
            "node-fail",
            "f",
            "op-inject",
            "i",
            "op-fail",
            "F",
            "set-datetime",
            "t",
            "date",
            "t",
            "quorum",
            "q",
            "watchdog",
            "w",
            "ticket-grant",
            "g",
            "ticket-revoke",
            "r",
            "ticket-standby",
            "b",
            "ticket-activate",
            "e",
            "save-input",
            "I",
            "save-output",
            "O",
            "save-graph",
            "G",
            "save-dotfile",
            "D",
            "all-actions",
            "a",
            "live-check",
            "L",
            "xml-file",
            "x",
            "xml-pipe",
            "p",
            "quiet",
            "Q",
            "verbose",
            "V",
            "version",
            "$",
            "help",
            "?",
            "help-all",
            "?"
        };
        for (int i = 0; i < pairs.length; i += 2) {
            names.put(pairs[i], pairs[i + 1].charAt(0));
        }
        return names;
    }
}

package org.holdfast.tools.simulate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the user asked {@code crm_simulate} for. */
final class SimulateOptions {

    /** Switches. */
    enum Flag {
        RUN,
        SIMULATE,
        SHOW_SCORES,
        SHOW_UTILIZATION,
        SHOW_ATTRIBUTES,
        SHOW_FAIL_COUNTS,
        ALL_ACTIONS,
        VERBOSE,
        QUIET,
        IN_PLACE,
        VERSION,
        HELP
    }

    final Set<Flag> flags = EnumSet.noneOf(Flag.class);

    /** The file with the CIB; {@code -} for standard input, null for the live CIB. */
    @Nullable String xmlFile = "-";

    @Nullable String date;
    @Nullable String inputFile;
    @Nullable String outputFile;
    @Nullable String graphFile;
    @Nullable String dotFile;
    @Nullable String profileDirectory;
    int repeat = 1;
    String format = "text";
    @Nullable String outputTo;

    @Nullable String quorum;
    @Nullable String watchdog;
    final List<String> nodesUp = new ArrayList<>();
    final List<String> nodesDown = new ArrayList<>();
    final List<String> nodesFail = new ArrayList<>();
    final List<String> ticketsGranted = new ArrayList<>();
    final List<String> ticketsRevoked = new ArrayList<>();
    final List<String> ticketsStandby = new ArrayList<>();
    final List<String> ticketsActivated = new ArrayList<>();
    final List<String> injectedOperations = new ArrayList<>();
    final List<String> failedOperations = new ArrayList<>();

    boolean is(Flag flag) {
        return flags.contains(flag);
    }

    /** Whether anything is injected into the CIB (a changed quorum alone does not count). */
    boolean hasInjections() {
        return watchdog != null
                || !nodesUp.isEmpty()
                || !nodesDown.isEmpty()
                || !nodesFail.isEmpty()
                || !ticketsGranted.isEmpty()
                || !ticketsRevoked.isEmpty()
                || !ticketsStandby.isEmpty()
                || !ticketsActivated.isEmpty()
                || !injectedOperations.isEmpty();
    }
}

package org.holdfast.telemetry;

import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place in the program that logs. Cores give events to their drivers while they work, so
 * it is on the stack, above what only hands events on.
 */
final class Origins {

    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final String OWN_PACKAGE = Origins.class.getPackageName() + ".";
    private static final String DRIVER = "Driver";

    /** Methods that take a line or an effect from somebody else. */
    private static final Set<String> HAND_ON = Set.of("log", "emit", "carryOut", "collect");

    private Origins() {}

    /** Who called, through {@link Telemetry}; null if nobody else is on the stack. */
    static @Nullable StackTraceElement caller() {
        return WALKER.walk(Origins::first);
    }

    private static @Nullable StackTraceElement first(Stream<StackWalker.StackFrame> frames) {
        return frames.filter(frame -> !handsOn(frame))
                .findFirst()
                .map(StackWalker.StackFrame::toStackTraceElement)
                .orElse(null);
    }

    private static boolean handsOn(StackWalker.StackFrame frame) {
        String type = frame.getClassName();
        return type.startsWith(OWN_PACKAGE) && !type.endsWith("Test")
                || type.endsWith(DRIVER)
                || HAND_ON.contains(methodName(frame.getMethodName()));
    }

    /** The method in whose text the code stands, also for code within a lambda expression. */
    static String methodName(String compiled) {
        if (!compiled.startsWith("lambda$")) {
            return compiled;
        }
        int end = compiled.lastIndexOf('$');
        return compiled.substring("lambda$".length(), Math.max(end, "lambda$".length()));
    }
}

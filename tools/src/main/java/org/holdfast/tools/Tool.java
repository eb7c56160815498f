package org.holdfast.tools;

/** One command, by its usual name ({@code crm_mon}, {@code pcs}, {@code cibadmin}...). */
public interface Tool {

    /** The name that users type. */
    String name();

    /**
     * Runs the command once. Must not touch anything but what the context offers, keep state
     * between runs, or end the process.
     *
     * @return the exit code, as the real command's manual page gives it
     */
    int run(ToolContext context);
}

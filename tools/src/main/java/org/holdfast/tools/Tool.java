package org.holdfast.tools;

import java.util.List;
import java.util.Map;

/** One command, by its usual name ({@code crm_mon}, {@code pcs}, {@code cibadmin}...). */
public interface Tool {

    /** The name that users type. */
    String name();

    /**
     * Whether this command line is to be run where the cluster is. One that works on files alone
     * runs in the user's own process.
     *
     * @param arguments what the user typed behind the command's name
     * @param environment the user's environment variables
     */
    default boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return !environment.containsKey("CIB_file");
    }

    /**
     * The name by which changes are recorded as this command's. Commands that the real stack has as
     * scripts around another go by the other's name.
     */
    default String clientName() {
        return name();
    }

    /**
     * Runs the command once. Must not touch anything but what the context offers, keep state
     * between runs, or end the process.
     *
     * @return the exit code, as the real command's manual page gives it
     */
    int run(ToolContext context);
}

package org.holdfast.tools;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.holdfast.controlapi.ClusterConnection;
import org.jspecify.annotations.Nullable;

/**
 * All that a command sees of the world.
 *
 * @param arguments what the user typed behind the command's name
 * @param environment the user's environment variables that commands may read
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param files the user's files
 * @param clock the wall clock
 * @param cluster the running node, or null if the command runs without one
 * @param agents the agents that can be asked for their description
 * @param programs the user's programs
 */
public record ToolContext(
        List<String> arguments,
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        FileAccess files,
        InstantSource clock,
        @Nullable ClusterConnection cluster,
        AgentCatalog agents,
        Programs programs) {

    /** The same world without programs. */
    public ToolContext(
            List<String> arguments,
            Map<String, String> environment,
            InputStream in,
            PrintStream out,
            PrintStream err,
            FileAccess files,
            InstantSource clock,
            @Nullable ClusterConnection cluster,
            AgentCatalog agents) {
        this(arguments, environment, in, out, err, files, clock, cluster, agents, Programs.NONE);
    }

    /** The same world without agents. */
    public ToolContext(
            List<String> arguments,
            Map<String, String> environment,
            InputStream in,
            PrintStream out,
            PrintStream err,
            FileAccess files,
            InstantSource clock,
            @Nullable ClusterConnection cluster) {
        this(arguments, environment, in, out, err, files, clock, cluster, AgentCatalog.NONE);
    }

    /** The same world for a command without a running node. */
    public ToolContext(
            List<String> arguments,
            Map<String, String> environment,
            InputStream in,
            PrintStream out,
            PrintStream err,
            FileAccess files,
            InstantSource clock) {
        this(arguments, environment, in, out, err, files, clock, null, AgentCatalog.NONE);
    }

    /** The same world with other environment variables. */
    public ToolContext withEnvironment(Map<String, String> others) {
        return new ToolContext(
                arguments, others, in, out, err, files, clock, cluster, agents, programs);
    }

    /** The same world with other arguments, for a command that is a part of another. */
    public ToolContext withArguments(List<String> others) {
        return new ToolContext(
                List.copyOf(others),
                environment,
                in,
                out,
                err,
                files,
                clock,
                cluster,
                agents,
                programs);
    }
}

package org.holdfast.tools;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

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
 */
public record ToolContext(
        List<String> arguments,
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        FileAccess files,
        InstantSource clock) {}

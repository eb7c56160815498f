package org.holdfast.linux;

/**
 * How a child process ended.
 *
 * @param exitCode its exit code, 0 to 255; 0 if a signal ended it
 * @param signal the signal that ended it, or 0
 * @param output what it wrote to standard output, up to the request's limit
 * @param error what it wrote to standard error, up to the request's limit
 */
public record ChildResult(int exitCode, int signal, byte[] output, byte[] error) {}

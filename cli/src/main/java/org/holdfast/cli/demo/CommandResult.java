package org.holdfast.cli.demo;

/**
 * Outcome of a command that the demo ran on a node.
 *
 * @param code exit code; 255 if the node could not be reached
 * @param out standard output
 * @param err standard error
 */
record CommandResult(int code, String out, String err) {

    static final int UNREACHABLE = 255;
}

/**
 * The program that users start: it finds the daemon that a command should run in, or runs the
 * command itself when that works on files.
 */
@NullMarked
package org.holdfast.cli;

import org.jspecify.annotations.NullMarked;

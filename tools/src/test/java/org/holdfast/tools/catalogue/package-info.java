/**
 * Tests of commands, each by a run of a command on a small CIB: what is said here was found by
 * calls with random options to these and to Pacemaker's commands.
 */
@NullMarked
package org.holdfast.tools.catalogue;

import org.jspecify.annotations.NullMarked;

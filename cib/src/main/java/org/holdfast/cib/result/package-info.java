/**
 * Result codes as Pacemaker's interfaces give them: its own negative codes, system errors, the
 * older codes of CIB replies, and the exit codes that commands make of them.
 */
@NullMarked
package org.holdfast.cib.result;

import org.jspecify.annotations.NullMarked;

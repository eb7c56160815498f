/**
 * Corosync's commands: {@code corosync-quorumtool}, {@code corosync-cfgtool}, {@code
 * corosync-cpgtool} and {@code corosync-cmapctl}, with the output of Corosync 3.1.
 */
@NullMarked
package org.holdfast.tools.corosync;

import org.jspecify.annotations.NullMarked;

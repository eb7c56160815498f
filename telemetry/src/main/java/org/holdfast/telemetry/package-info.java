/**
 * Turns the cores' log events into lines: on standard error, with the journal's priorities where it
 * listens, and in the file that corosync.conf names.
 */
@NullMarked
package org.holdfast.telemetry;

import org.jspecify.annotations.NullMarked;

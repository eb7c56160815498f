/**
 * Dates, durations and periods of ISO 8601 as Pacemaker reads, computes and prints them. Pure
 * functions; the current time and the local offset from UTC are arguments.
 */
@NullMarked
package org.holdfast.cib.time;

import org.jspecify.annotations.NullMarked;

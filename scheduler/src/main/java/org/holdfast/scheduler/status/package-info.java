/**
 * Reads the status section: node states, tickets, and the operation history, from which follows
 * what is active where, what failed, and what that failure leads to.
 */
@NullMarked
package org.holdfast.scheduler.status;

import org.jspecify.annotations.NullMarked;

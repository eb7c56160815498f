/**
 * Runs agents on this node: one action at a time for each resource, recurring actions by timers,
 * nothing longer than its timeout. Keeps the history of results as the CIB's status section has it.
 */
@NullMarked
package org.holdfast.manager.executor;

import org.jspecify.annotations.NullMarked;

/**
 * What every deterministic core is built from: ids, effects, timers, a seeded generator, log events
 * and faults. Nothing here reads a clock, starts a thread or does input or output.
 */
@NullMarked
package org.holdfast.kernel;

import org.jspecify.annotations.NullMarked;

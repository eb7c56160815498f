/**
 * The scheduler: a pure function from a CIB and a time to placement, scores and a transition graph.
 * {@link org.holdfast.scheduler.Scheduler} is the entrance; each stage is a package of its own.
 */
@NullMarked
package org.holdfast.scheduler;

import org.jspecify.annotations.NullMarked;

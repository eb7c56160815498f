/**
 * Answers why a resource goes where it goes: the reasons that a run collects, put in order, and the
 * changes that would alter the outcome, each tried by scheduling again. Scheduling without an
 * explanation does not pay for any of this.
 */
@NullMarked
package org.holdfast.scheduler.explain;

import org.jspecify.annotations.NullMarked;

/**
 * Orderings: those that each kind of resource brings itself, and the stage that turns all ordering
 * constraints into relations between actions and lets "required", "runnable" and "migratable"
 * spread along them until nothing changes.
 */
@NullMarked
package org.holdfast.scheduler.ordering;

import org.jspecify.annotations.NullMarked;

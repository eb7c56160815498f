/**
 * Colocations: in which order they count, how the preferences of colocated resources add to a
 * resource's own, and what a placed resource means for those that must or must not be with it.
 */
@NullMarked
package org.holdfast.scheduler.colocation;

import org.jspecify.annotations.NullMarked;

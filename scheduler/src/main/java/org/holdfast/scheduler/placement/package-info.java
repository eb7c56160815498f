/**
 * Decides where each resource goes and which instances are promoted: health, stickiness, bans and
 * locks first, then assignment by kind of resource. Writes {@code allowed}, {@code assigned} and
 * {@code nextRole} of resources.
 */
@NullMarked
package org.holdfast.scheduler.placement;

import org.jspecify.annotations.NullMarked;

/**
 * Fencing and shutdown of nodes, what they mean for actions on those nodes, and the order of
 * actions on remote and guest nodes relative to their connections.
 */
@NullMarked
package org.holdfast.scheduler.fencing;

import org.jspecify.annotations.NullMarked;

/**
 * Giving one resource to one node: which nodes are available, which is better, what capacity it
 * takes, and what changes in the working state.
 */
@NullMarked
package org.holdfast.scheduler.assignment;

import org.jspecify.annotations.NullMarked;

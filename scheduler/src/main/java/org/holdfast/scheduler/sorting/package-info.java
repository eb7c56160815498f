/**
 * Sorting as the reference scheduler sorts. Its comparisons of nodes, instances and resources are
 * not always transitive, so that the outcome depends on which pairs are compared; this package
 * fixes the pairs.
 */
@NullMarked
package org.holdfast.scheduler.sorting;

import org.jspecify.annotations.NullMarked;

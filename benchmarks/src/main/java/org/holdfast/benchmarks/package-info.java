/**
 * Programs that measure, to be run by the scripts beside them; the numbers of a machine mean
 * something only as ratios to the real peer in the same run.
 */
@NullMarked
package org.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;

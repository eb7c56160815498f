/** Tests of sorting. */
@NullMarked
package org.holdfast.scheduler.sorting;

import org.jspecify.annotations.NullMarked;

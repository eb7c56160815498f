/** Small cases of the rules of this package. */
@NullMarked
package org.holdfast.scheduler.ordering;

import org.jspecify.annotations.NullMarked;

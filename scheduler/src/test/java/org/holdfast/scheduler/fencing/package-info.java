/** Small cases of the rules of this package. */
@NullMarked
package org.holdfast.scheduler.fencing;

import org.jspecify.annotations.NullMarked;

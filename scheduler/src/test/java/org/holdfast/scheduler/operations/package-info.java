/** Small cases of the rules of this package. */
@NullMarked
package org.holdfast.scheduler.operations;

import org.jspecify.annotations.NullMarked;

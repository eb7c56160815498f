/** Small cases of the rules of this package. */
@NullMarked
package org.holdfast.scheduler.graph;

import org.jspecify.annotations.NullMarked;

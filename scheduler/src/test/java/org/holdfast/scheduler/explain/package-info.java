/** Tests of explanations. */
@NullMarked
package org.holdfast.scheduler.explain;

import org.jspecify.annotations.NullMarked;

/** Tests of placement. */
@NullMarked
package org.holdfast.scheduler.placement;

import org.jspecify.annotations.NullMarked;

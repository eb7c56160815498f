/** Tests of constraints. */
@NullMarked
package org.holdfast.scheduler.constraints;

import org.jspecify.annotations.NullMarked;

/** Tests of the scheduler's model. */
@NullMarked
package org.holdfast.scheduler.model;

import org.jspecify.annotations.NullMarked;

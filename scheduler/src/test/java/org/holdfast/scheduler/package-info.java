/** Small clusters, and what the scheduler must do with them. */
@NullMarked
package org.holdfast.scheduler;

import org.jspecify.annotations.NullMarked;

/** Tests of colocation. */
@NullMarked
package org.holdfast.scheduler.colocation;

import org.jspecify.annotations.NullMarked;

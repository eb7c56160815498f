/** How entries of the operation history are written: results, keys, ages. */
@NullMarked
package org.holdfast.scheduler.history;

import org.jspecify.annotations.NullMarked;

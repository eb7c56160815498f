/** Tests of the daemon's frame: options, configuration, timers. */
@NullMarked
package org.holdfast.node;

import org.jspecify.annotations.NullMarked;

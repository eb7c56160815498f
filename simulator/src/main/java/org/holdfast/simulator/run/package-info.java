/** One run of a simulated cluster from its seed, and the command that makes many. */
@NullMarked
package org.holdfast.simulator.run;

import org.jspecify.annotations.NullMarked;

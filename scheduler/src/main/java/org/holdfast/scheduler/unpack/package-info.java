/**
 * Reads nodes, resources, tags and tickets from the CIB into the model. Constraints are read by the
 * stage of their own, the status section by {@code status}.
 */
@NullMarked
package org.holdfast.scheduler.unpack;

import org.jspecify.annotations.NullMarked;

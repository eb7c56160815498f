/**
 * The resource manager of one node as a deterministic core: the replicated CIB, the controller with
 * its transitions, node attributes, the executor and the fencer. {@link
 * org.holdfast.manager.assembly.Manager} is its only entry; the driver feeds it inputs and carries
 * out effects.
 */
@NullMarked
package org.holdfast.manager;

import org.jspecify.annotations.NullMarked;

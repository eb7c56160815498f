/**
 * Fencing. Devices are not managed yet: every request is refused with its reason, and a human's
 * word that a node is down is taken and spread.
 */
@NullMarked
package org.holdfast.manager.fencer;

import org.jspecify.annotations.NullMarked;

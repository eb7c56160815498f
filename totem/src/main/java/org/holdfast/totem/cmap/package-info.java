/**
 * The small part of Corosync's cmap service that speaks on the ring: nodes compare the version of
 * their configuration when they meet.
 */
@NullMarked
package org.holdfast.totem.cmap;

import org.jspecify.annotations.NullMarked;

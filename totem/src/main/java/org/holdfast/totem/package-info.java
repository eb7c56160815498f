/**
 * The cluster layer as one deterministic core: Totem's single ring, process groups (CPG), the sync
 * step, votequorum and the cmap and cfg messages of Corosync 3.1. This package is its interface;
 * {@link org.holdfast.totem.ClusterLayer} is the entrance.
 */
@NullMarked
package org.holdfast.totem;

import org.jspecify.annotations.NullMarked;

/**
 * The cluster layer's vocabulary: inputs, effects, configuration and status of Totem's ring,
 * process groups (CPG), votequorum and the cmap and cfg messages of Corosync 3.1. {@code
 * org.holdfast.totem.layer.ClusterLayer} is the core that speaks it.
 */
@NullMarked
package org.holdfast.totem;

import org.jspecify.annotations.NullMarked;

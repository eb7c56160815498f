/**
 * The cluster layer of one node as one deterministic core, put together from the ring, the groups,
 * the sync step and the services. {@link org.holdfast.totem.layer.ClusterLayer} is the entrance.
 */
@NullMarked
package org.holdfast.totem.layer;

import org.jspecify.annotations.NullMarked;

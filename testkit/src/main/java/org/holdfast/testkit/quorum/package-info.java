/**
 * The table of quorum scenarios: what happens to a cluster, and what the real daemon's
 * corosync-quorumtool showed after each event. One side records it, the other replays it.
 */
@NullMarked
package org.holdfast.testkit.quorum;

import org.jspecify.annotations.NullMarked;

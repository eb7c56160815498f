/**
 * Whole clusters in virtual time from one seed: the real cores, a network and disks with faults,
 * invariants after every event, then progress within a bound. {@link
 * org.holdfast.simulator.run.Simulation} is the entrance.
 */
@NullMarked
package org.holdfast.simulator;

import org.jspecify.annotations.NullMarked;

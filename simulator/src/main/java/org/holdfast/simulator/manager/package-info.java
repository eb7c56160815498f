/**
 * Whole clusters of resource managers in virtual time from one seed: members that come and go,
 * partitions, crashes that lose unsynced writes, agents that are slow, fail or hang, and random
 * administration. What must hold is checked all along; when the faults stop, progress is owed.
 */
@NullMarked
package org.holdfast.simulator.manager;

import org.jspecify.annotations.NullMarked;

package org.holdfast.simulator;

/**
 * What a simulation does with its cluster beside breaking it: the stack on each node, and what must
 * hold. Later layers bring their own.
 */
public interface Workload extends StackFactory {

    /**
     * Checks what must hold at any time.
     *
     * @throws InvariantBroken if it does not
     */
    void checkAfterEvent(SimulatedCluster cluster);

    /** The faults have stopped; whatever keeps the cluster busy shall stop, too. */
    void onFaultsStopped(SimulatedCluster cluster);

    /** Why the cluster is not yet at rest in its final state, or an empty string when it is. */
    String unfinished(SimulatedCluster cluster);

    /**
     * Checks what must hold at the end.
     *
     * @throws InvariantBroken if it does not
     */
    void checkAtEnd(SimulatedCluster cluster);

    /** How long the workload may take to come to rest, beyond what the ring needs. */
    default long settleNanos() {
        return 0;
    }
}

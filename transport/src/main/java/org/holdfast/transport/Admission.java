package org.holdfast.transport;

import java.util.List;

/** Decides who may connect to the programs' socket. */
@FunctionalInterface
public interface Admission {

    /**
     * Whether a process may connect.
     *
     * @param uid its user
     * @param gids its groups, the one that it runs with first
     */
    boolean admits(int uid, List<Integer> gids);
}

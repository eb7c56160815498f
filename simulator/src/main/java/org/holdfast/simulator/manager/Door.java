package org.holdfast.simulator.manager;

import org.holdfast.manager.ManagerInput;

/** Where an administrator reaches a node that is up. */
interface Door {

    /** The node's name. */
    String name();

    /** Hands a request in. */
    void deliver(ManagerInput input);
}

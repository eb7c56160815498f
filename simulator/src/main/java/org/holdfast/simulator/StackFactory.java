package org.holdfast.simulator;

/** Makes the stack of a node that boots. */
@FunctionalInterface
public interface StackFactory {

    /** A stack for a new life. */
    NodeStack boot(NodeContext context);
}

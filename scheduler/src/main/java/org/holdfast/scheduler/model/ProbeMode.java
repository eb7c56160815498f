package org.holdfast.scheduler.model;

/**
 * Where a resource that is not known to run on a node is looked for ({@code resource-discovery}).
 */
public enum ProbeMode {
    ALWAYS,
    NEVER,
    EXCLUSIVE
}

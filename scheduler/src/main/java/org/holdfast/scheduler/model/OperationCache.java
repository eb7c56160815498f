package org.holdfast.scheduler.model;

/** What the package {@code operations} keeps with a resource about its configured operations. */
public interface OperationCache {}

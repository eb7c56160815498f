package org.holdfast.manager;

/**
 * Names a timer of the manager. Setting one that is set moves it.
 *
 * @param purpose the part of the manager that set it, and for what
 * @param number tells timers of one purpose apart
 */
public record ManagerTimer(String purpose, long number) {}

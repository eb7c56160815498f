package org.holdfast.totem.layer;

/**
 * Counts above the ring.
 *
 * @param malformed packets and messages that made no sense
 * @param fragmentsLost pieces of messages whose beginning this node never saw
 * @param assembled messages put together from several packets
 * @param syncsCompleted sync steps that ended
 * @param syncsBroken sync steps that a new ring interrupted
 */
public record ServiceStats(
        long malformed,
        long fragmentsLost,
        long assembled,
        long syncsCompleted,
        long syncsBroken) {}

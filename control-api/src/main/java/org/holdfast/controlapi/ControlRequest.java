package org.holdfast.controlapi;

/**
 * One question or order to a running node. Immutable. Which part of the daemon answers is told by
 * the three sub-interfaces; each request names the one type of its answer. Every request may also
 * be answered by {@link ControlAnswer.Refused}.
 *
 * @param <A> the type of the answer when it is not refused
 */
public sealed interface ControlRequest<A extends ControlAnswer>
        permits ManagerRequest, ClusterRequest, DaemonRequest {}

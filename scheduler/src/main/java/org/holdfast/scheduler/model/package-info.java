/**
 * The scheduler's model: the configuration as it was read and, in {@link
 * org.holdfast.scheduler.model.Cluster} and what hangs on it, the one working state of a run.
 * Everything here belongs to one run on one thread; fields are open to the stages on purpose.
 *
 * <h2>Stages, in order, and who writes what</h2>
 *
 * <ol>
 *   <li>{@code unpack} (with {@code config} for properties, defaults, attribute sets with rules,
 *       and {@code status} for node states and operation history): nodes, resources, tags, tickets,
 *       {@code role}, {@code active}, {@code probed}, failures, {@link
 *       org.holdfast.scheduler.model.Cluster#parameterChecks}.
 *   <li>{@code placement.NodeHealth}: health scores become location constraints.
 *   <li>{@code constraints}: location, colocation, order and ticket constraints of the
 *       configuration become {@link org.holdfast.scheduler.model.LocationConstraint}, {@link
 *       org.holdfast.scheduler.model.Colocation}, {@link org.holdfast.scheduler.model.Ordering},
 *       {@link org.holdfast.scheduler.model.TicketConstraint}.
 *   <li>{@code placement.NodeCriteria}: locations applied to {@code allowed}, stickiness, shutdown
 *       locks, ban after failures, probe modes.
 *   <li>{@code ordering.InternalConstraints}: orderings and colocations that each kind of resource
 *       brings itself (start before promote, members in order...).
 *   <li>{@code actions.ConfigurationChanges}: history entries whose configuration changed or went
 *       away.
 *   <li>{@code placement.Placement}: {@code assigned} and {@code nextRole} for every resource, with
 *       {@code colocation} for the scores and the score lines of crm_simulate -s.
 *   <li>{@code actions.ActionStage}: deferred parameter checks, probes, then actions per kind with
 *       recurring operations, notifications, migration; then {@code fencing} with remote
 *       connections, fencing and shutdowns.
 *   <li>{@code ordering.OrderingStage}: orderings become {@link
 *       org.holdfast.scheduler.model.RelatedAction}s, and optional, runnable etc. spread along
 *       them.
 *   <li>{@code graph.GraphStage}: the transition graph.
 *   <li>{@code output}: what tools show: status, action summary, DOT.
 * </ol>
 *
 * <p>{@code operations} is below all stages: it creates actions with their effective configuration
 * and compares digests.
 *
 * <h2>Order of lists</h2>
 *
 * <p>Lists here are in order of insertion. The reference prepends to some of its lists; where the
 * outcome depends on that, iterate {@code reversed()}.
 */
@NullMarked
package org.holdfast.scheduler.model;

import org.jspecify.annotations.NullMarked;

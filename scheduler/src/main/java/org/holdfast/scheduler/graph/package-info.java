/**
 * The transition graph: which actions are executed and what each waits for, as data for the manager
 * and as the texts that tools write; and the summary of what happens to each resource.
 */
@NullMarked
package org.holdfast.scheduler.graph;

import org.jspecify.annotations.NullMarked;

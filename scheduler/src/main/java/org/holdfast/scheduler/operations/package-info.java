/**
 * Operations: their effective configuration, the creation of actions, and digests that tell whether
 * a history entry was made with today's parameters. Below all stages.
 */
@NullMarked
package org.holdfast.scheduler.operations;

import org.jspecify.annotations.NullMarked;

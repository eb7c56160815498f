/**
 * Effective configuration: cluster properties, defaults, attribute sets with their rules at the
 * run's time, and resource parameters as each node sees them.
 */
@NullMarked
package org.holdfast.scheduler.config;

import org.jspecify.annotations.NullMarked;

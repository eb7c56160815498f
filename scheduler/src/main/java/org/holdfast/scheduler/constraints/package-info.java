/**
 * Reads the constraints section of the configuration: location, colocation, ordering and ticket
 * constraints with their sets, tags, templates, patterns and rules. Also applies what is known at
 * once: location scores and the consequences of tickets.
 */
@NullMarked
package org.holdfast.scheduler.constraints;

import org.jspecify.annotations.NullMarked;

/**
 * What is to be done with each resource: probes, the steps from its role and place now to those
 * that placement chose, recurring operations, live migration, notifications, and what follows from
 * a changed configuration.
 */
@NullMarked
package org.holdfast.scheduler.actions;

import org.jspecify.annotations.NullMarked;

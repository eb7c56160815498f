/**
 * Runs resource agents as Pacemaker does: their environment, exit codes, exit reasons, process
 * groups and kills.
 */
@NullMarked
package org.holdfast.agents;

import org.jspecify.annotations.NullMarked;

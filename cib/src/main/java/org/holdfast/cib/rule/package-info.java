/**
 * Rules: conditions on the time, on node attributes, on a resource's agent and on an operation,
 * that decide whether a constraint or a block of options counts.
 */
@NullMarked
package org.holdfast.cib.rule;

import org.jspecify.annotations.NullMarked;

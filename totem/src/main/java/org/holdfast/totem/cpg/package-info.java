/**
 * Closed process groups: which processes on which nodes belong to which group, in agreement with
 * the order of their messages. Rules of Corosync's CPG service.
 */
@NullMarked
package org.holdfast.totem.cpg;

import org.jspecify.annotations.NullMarked;

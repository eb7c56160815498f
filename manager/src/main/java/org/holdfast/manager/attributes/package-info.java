/**
 * Transient node attributes: values that live as long as a node's stay in the cluster, replicated
 * in total order, tied to the incarnation of the node they describe, and written to the CIB's
 * status section by one member.
 */
@NullMarked
package org.holdfast.manager.attributes;

import org.jspecify.annotations.NullMarked;

/**
 * The {@code pcs} command, with the syntax and the output of pcs 0.12. Commands edit a copy of the
 * CIB, from a file or from the cluster, and push what they changed.
 */
@NullMarked
package org.holdfast.tools.pcs;

import org.jspecify.annotations.NullMarked;

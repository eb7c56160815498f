/** The command {@code explain}: why a resource is where it is, and what would change that. */
@NullMarked
package org.holdfast.tools.explain;

import org.jspecify.annotations.NullMarked;

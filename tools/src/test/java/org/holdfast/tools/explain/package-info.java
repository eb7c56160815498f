/** Tests of the command explain. */
@NullMarked
package org.holdfast.tools.explain;

import org.jspecify.annotations.NullMarked;

/** Tests of the native calls against the kernel that runs them. */
@NullMarked
package org.holdfast.linux;

import org.jspecify.annotations.NullMarked;

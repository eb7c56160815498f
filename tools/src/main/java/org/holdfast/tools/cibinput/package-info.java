/** Prepares CIBs that commands read from files: schema upgrade and validity. */
@NullMarked
package org.holdfast.tools.cibinput;

import org.jspecify.annotations.NullMarked;

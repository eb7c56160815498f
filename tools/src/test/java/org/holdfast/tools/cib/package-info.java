/** Tests of the commands about the CIB. */
@NullMarked
package org.holdfast.tools.cib;

import org.jspecify.annotations.NullMarked;

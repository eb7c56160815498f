/** Tests of reading XML files. */
@NullMarked
package org.holdfast.tools.xmlfile;

import org.jspecify.annotations.NullMarked;

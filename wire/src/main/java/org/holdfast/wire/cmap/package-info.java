/** The messages by which nodes compare their configuration version. Byte-exact codecs. */
@NullMarked
package org.holdfast.wire.cmap;

import org.jspecify.annotations.NullMarked;

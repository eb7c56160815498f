/** The messages of votequorum between nodes. Byte-exact codecs. */
@NullMarked
package org.holdfast.wire.votequorum;

import org.jspecify.annotations.NullMarked;

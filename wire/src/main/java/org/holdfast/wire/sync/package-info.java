/**
 * The messages of the sync step that follows every new ring: which services take part, and a
 * barrier after each. Byte-exact codecs.
 */
@NullMarked
package org.holdfast.wire.sync;

import org.jspecify.annotations.NullMarked;

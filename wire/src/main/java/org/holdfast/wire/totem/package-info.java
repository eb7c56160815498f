/**
 * Records for the six messages of Corosync 3.1's Totem ring and the packing inside a multicast,
 * with byte-exact codecs. Decoders are bounded and answer malformed bytes with a value.
 */
@NullMarked
package org.holdfast.wire.totem;

import org.jspecify.annotations.NullMarked;

/**
 * What a ring message carries: several packed messages, perhaps with a fragment of a longer one at
 * either end, each for one process group of Totem (struct totempg_mcast). Both directions.
 */
@NullMarked
package org.holdfast.wire.groups;

import org.jspecify.annotations.NullMarked;

/**
 * The messages of closed process groups (CPG) between nodes: join, leave, the lists exchanged in
 * the sync step, multicasts. Byte-exact codecs.
 */
@NullMarked
package org.holdfast.wire.cpg;

import org.jspecify.annotations.NullMarked;

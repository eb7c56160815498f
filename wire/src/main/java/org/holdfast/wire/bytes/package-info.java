/**
 * Little-endian numbers in byte arrays, as Corosync's C structures on x86 and ARM hold them.
 * Callers check bounds first; a wrong offset is a bug.
 */
@NullMarked
package org.holdfast.wire.bytes;

import org.jspecify.annotations.NullMarked;

/** Tests of the sockets on this machine's own addresses. */
@NullMarked
package org.holdfast.transport;

import org.jspecify.annotations.NullMarked;

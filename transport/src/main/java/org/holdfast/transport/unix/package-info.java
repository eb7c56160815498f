/**
 * A client's way to a Unix socket. The content of the streams is not this package's matter, and
 * {@link org.holdfast.transport.ControlSocket} is the other end.
 */
@NullMarked
package org.holdfast.transport.unix;

import org.jspecify.annotations.NullMarked;

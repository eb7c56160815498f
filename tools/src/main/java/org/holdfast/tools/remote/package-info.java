/**
 * How a thin client has the daemon run a command for it: frames over a stream, the daemon's side of
 * a session and the client's. The protocol is described in {@code docs/client-protocol.md}.
 */
@NullMarked
package org.holdfast.tools.remote;

import org.jspecify.annotations.NullMarked;

/**
 * Programs on the node that use process groups: the frames between them and the daemon, the
 * daemon's end of a connection, and a Java client. docs/client-protocol.md describes the frames.
 */
@NullMarked
package org.holdfast.transport.client;

import org.jspecify.annotations.NullMarked;

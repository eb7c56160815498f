/**
 * Sockets: the datagrams of the ring, and the Unix socket on which commands reach the daemon.
 * Frames and meanings belong to the cores and tools; here are only bytes, addresses and limits.
 */
@NullMarked
package org.holdfast.transport;

import org.jspecify.annotations.NullMarked;

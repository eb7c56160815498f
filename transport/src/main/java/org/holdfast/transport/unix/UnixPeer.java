package org.holdfast.transport.unix;

/**
 * Who is at the other end of a Unix socket, as the kernel recorded it when the connection was made.
 *
 * @param user the user's name, or the number if it has none
 * @param group name of the effective group, or its number
 */
public record UnixPeer(String user, String group) {}

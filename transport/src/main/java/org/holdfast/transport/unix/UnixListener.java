package org.holdfast.transport.unix;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/**
 * Accepts connections on a Unix socket and gives each a virtual thread of its own. Who may connect
 * is decided by the handler, which is told the peer's user by the kernel; the socket file itself is
 * open to all.
 */
public final class UnixListener implements Closeable {

    /** Connections at one time; further ones are closed at once. */
    public static final int CONNECTIONS_MAX = 256;

    /** Serves one connection; called on the connection's own thread, which ends when it returns. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Serves the connection. It is closed when this returns or throws.
         *
         * @param peer who is at the other end
         * @param in from there
         * @param out to there
         * @throws IOException if the peer goes away
         */
        void serve(UnixPeer peer, InputStream in, OutputStream out) throws IOException;
    }

    private final Path path;
    private final ServerSocketChannel server;
    private final Handler handler;
    private final Consumer<String> problems;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private UnixListener(
            Path path, ServerSocketChannel server, Handler handler, Consumer<String> problems) {
        this.path = path;
        this.server = server;
        this.handler = handler;
        this.problems = problems;
    }

    /**
     * Binds and starts to accept. A socket file that nobody listens on any more is replaced.
     *
     * @param path the socket's file; its directory must exist
     * @param handler serves the connections
     * @param problems takes one line for each connection that could not be served
     * @throws IOException if the path is in use by a living process or cannot be bound
     */
    public static UnixListener open(Path path, Handler handler, Consumer<String> problems)
            throws IOException {
        if (Files.exists(path)) {
            if (UnixConnection.isAlive(path)) {
                throw new IOException("another process listens on " + path);
            }
            Files.delete(path);
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        UnixListener listener = new UnixListener(path, server, handler, problems);
        Thread.ofVirtual().name("accept-" + path.getFileName()).start(listener::acceptAll);
        return listener;
    }

    /** Stops to accept, closes every connection and removes the socket's file. */
    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel connection : open) {
            connection.close();
        }
        Files.deleteIfExists(path);
    }

    private void acceptAll() {
        while (server.isOpen()) {
            try {
                start(server.accept());
            } catch (AsynchronousCloseException e) {
                return;
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                problems.accept("cannot accept on " + path + ": " + e.getMessage());
            }
        }
    }

    private void start(SocketChannel connection) throws IOException {
        if (open.size() >= CONNECTIONS_MAX) {
            problems.accept("more than " + CONNECTIONS_MAX + " connections on " + path);
            connection.close();
            return;
        }
        open.add(connection);
        Thread.ofVirtual().name("client-" + path.getFileName()).start(() -> serve(connection));
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            UnixDomainPrincipal principal = connection.getOption(ExtendedSocketOptions.SO_PEERCRED);
            UnixPeer peer = new UnixPeer(principal.user().getName(), principal.group().getName());
            handler.serve(
                    peer,
                    Channels.newInputStream(connection),
                    Channels.newOutputStream(connection));
        } catch (IOException e) {
            // The peer has gone; whoever needs to know was told by the handler.
        } catch (RuntimeException e) {
            problems.accept("connection on " + path + " failed: " + e);
        } finally {
            open.remove(connection);
        }
    }
}

package org.holdfast.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.holdfast.linux.UserGroups;

/**
 * The Unix socket on which commands reach the daemon: owner and group {@code haclient} may connect,
 * and the kernel tells who did. Each connection is served by a virtual thread of its own; beyond a
 * limit connections wait in the kernel's queue. Thread-safe.
 */
public final class ControlSocket implements AutoCloseable {

    private static final int CONNECTIONS_MAX = 128;
    private static final int BACKLOG = 128;

    private final Path path;
    private final ServerSocketChannel listener;
    private final Handler handler;
    private final Consumer<String> log;
    private final Semaphore room = new Semaphore(CONNECTIONS_MAX);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    /** Serves connections. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Serves one connection on the calling thread and returns at its end.
         *
         * @param in from the client
         * @param out to the client
         * @param user the client's user name as the kernel tells it, or its number if it has none
         * @param groups names of the group that the client runs with and of its user's groups; of
         *     root's the former alone, as root needs no groups for anything
         */
        void serve(InputStream in, OutputStream out, String user, List<String> groups);
    }

    private ControlSocket(
            Path path, ServerSocketChannel listener, Handler handler, Consumer<String> log) {
        this.path = path;
        this.listener = listener;
        this.handler = handler;
        this.log = log;
    }

    /**
     * Starts to listen. What an earlier daemon left at the path is removed, so the caller must hold
     * the instance's lock.
     *
     * @param path the socket's place; its directory is created
     * @param handler serves connections
     * @param log takes a line about a connection that failed
     * @throws IOException if the path is too long for a socket (about 100 characters) or not
     *     writable
     */
    public static ControlSocket listen(Path path, Handler handler, Consumer<String> log)
            throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.deleteIfExists(path);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        boolean done = false;
        try {
            bind(listener, path);
            ControlSocket socket = new ControlSocket(path, listener, handler, log);
            Thread.ofVirtual().name("control-accept").start(socket::acceptAll);
            done = true;
            return socket;
        } finally {
            if (!done) {
                listener.close();
            }
        }
    }

    private static void bind(ServerSocketChannel listener, Path path) throws IOException {
        try {
            listener.bind(UnixDomainSocketAddress.of(path), BACKLOG);
        } catch (IOException e) {
            throw new IOException("cannot listen on " + path + ": " + e.getMessage(), e);
        }
        SocketAccess.restrict(path);
    }

    /** Lets everybody connect, because the handler looks who it is; or ends that. */
    public void openToAll(boolean open) throws IOException {
        SocketAccess.openToAll(path, open);
    }

    private void acceptAll() {
        while (listener.isOpen()) {
            try {
                room.acquire();
                SocketChannel client = listener.accept();
                open.add(client);
                Thread.ofVirtual().name("control-client").start(() -> serve(client));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                room.release();
                log.accept("Control socket: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            UnixDomainPrincipal peer = client.getOption(ExtendedSocketOptions.SO_PEERCRED);
            String user = peer.user().getName();
            handler.serve(
                    Channels.newInputStream(client),
                    Channels.newOutputStream(client),
                    user,
                    groups(peer.group().getName(), user));
        } catch (IOException | RuntimeException e) {
            log.accept("Control connection: " + e);
        } finally {
            open.remove(client);
            room.release();
        }
    }

    /** The group that the process runs with, then those of its user; asking for these costs. */
    private static List<String> groups(String own, String user) {
        if (user.equals("root")) {
            return List.of(own);
        }
        List<String> all = new ArrayList<>(List.of(own));
        UserGroups.of(user).stream().filter(group -> !group.equals(own)).forEach(all::add);
        return all;
    }

    /** Stops listening and cuts every connection. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel client : open) {
            client.close();
        }
        Files.deleteIfExists(path);
    }
}

package org.holdfast.transport.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.holdfast.linux.LinuxException;
import org.holdfast.linux.Poller;
import org.holdfast.linux.UnixListener;
import org.holdfast.linux.UnixStream;
import org.holdfast.transport.Admission;
import org.holdfast.transport.SocketAccess;

/**
 * The Unix socket where programs on this node reach the daemon's process groups. Belongs to the
 * event loop's thread.
 */
public final class ClientSocket implements AutoCloseable {

    private static final int BACKLOG = 64;
    private static final int CONNECTIONS_MAX = 256;

    private final Path path;
    private final UnixListener listener;
    private final Poller poller;
    private final ClientConnection.Handler handler;
    private final Consumer<String> log;
    private final Admission admission;
    private int open;

    private ClientSocket(
            Path path,
            UnixListener listener,
            Poller poller,
            ClientConnection.Handler handler,
            Consumer<String> log,
            Admission admission) {
        this.path = path;
        this.listener = listener;
        this.poller = poller;
        this.handler = handler;
        this.log = log;
        this.admission = admission;
    }

    /**
     * Starts to listen. What an earlier daemon left at the path is removed, so the caller must hold
     * the instance's lock.
     *
     * @param admission who may connect
     * @throws IOException if the path is too long for a socket or not writable
     */
    public static ClientSocket listen(
            Path path,
            Poller poller,
            ClientConnection.Handler handler,
            Consumer<String> log,
            Admission admission)
            throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.deleteIfExists(path);
        UnixListener listener = UnixListener.listen(path, BACKLOG);
        ClientSocket socket = new ClientSocket(path, listener, poller, handler, log, admission);
        SocketAccess.restrict(path);
        poller.add(listener, Poller.READ, _ -> socket.acceptAll());
        return socket;
    }

    /** Lets everybody connect who is admitted; else only those whom the file's mode lets. */
    public void openToAll(boolean opened) throws IOException {
        SocketAccess.openToAll(path, opened);
    }

    private boolean mayConnect(UnixStream stream) throws LinuxException {
        UnixStream.Peer peer = stream.peer();
        boolean admitted = admission.admits(peer.uid(), stream.peerGroups());
        if (!admitted) {
            log.accept("Denied connection attempt from " + peer.uid() + ":" + peer.gid());
        }
        return admitted;
    }

    private void acceptAll() {
        try {
            UnixStream stream = listener.accept();
            while (stream != null) {
                take(stream);
                stream = listener.accept();
            }
        } catch (LinuxException e) {
            log.accept("Client socket: " + e.getMessage());
        }
    }

    private void take(UnixStream stream) {
        if (open >= CONNECTIONS_MAX) {
            log.accept("Client refused: there are " + open + " already");
            stream.close();
            return;
        }
        try {
            if (!mayConnect(stream)) {
                stream.close();
                return;
            }
            ClientConnection.start(stream, poller, new Counting());
            open++;
        } catch (LinuxException e) {
            log.accept("Client: " + e.getMessage());
            stream.close();
        }
    }

    /** Passes on, and counts the open connections. */
    private final class Counting implements ClientConnection.Handler {

        @Override
        public void onHello(ClientConnection from, int version) {
            handler.onHello(from, version);
        }

        @Override
        public void onJoin(ClientConnection from, byte[] group) {
            handler.onJoin(from, group);
        }

        @Override
        public void onLeave(ClientConnection from) {
            handler.onLeave(from);
        }

        @Override
        public void onRequest(ClientConnection from, byte[] body) {
            handler.onRequest(from, body);
        }

        @Override
        public void onTrackQuorum(ClientConnection from) {
            handler.onTrackQuorum(from);
        }

        @Override
        public void onTrackKey(ClientConnection from, String key, int what) {
            handler.onTrackKey(from, key, what);
        }

        @Override
        public boolean canTake(int payloadBytes) {
            return handler.canTake(payloadBytes);
        }

        @Override
        public void onMulticast(ClientConnection from, byte[] payload) {
            handler.onMulticast(from, payload);
        }

        @Override
        public void onRefused(ClientConnection from) {
            handler.onRefused(from);
        }

        @Override
        public void onClosed(ClientConnection from, String reason) {
            open--;
            handler.onClosed(from, reason);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(path);
    }
}

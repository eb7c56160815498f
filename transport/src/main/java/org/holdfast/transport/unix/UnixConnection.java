package org.holdfast.transport.unix;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A client's connection to a Unix socket. One thread at a time. */
public final class UnixConnection implements Closeable {

    private final SocketChannel channel;

    private UnixConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects.
     *
     * @throws IOException if nobody listens there
     */
    public static UnixConnection open(Path path) throws IOException {
        return new UnixConnection(SocketChannel.open(UnixDomainSocketAddress.of(path)));
    }

    /** Whether somebody listens there. */
    public static boolean isAlive(Path path) {
        try (UnixConnection connection = open(path)) {
            return connection.channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** What the other side sends. */
    public InputStream in() {
        return Channels.newInputStream(channel);
    }

    /** To the other side; unbuffered. */
    public OutputStream out() {
        return Channels.newOutputStream(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package org.holdfast.linux;

/** An open file of the kernel that a {@link Poller} can watch. Belongs to one thread at a time. */
public abstract sealed class Descriptor implements AutoCloseable
        permits UdpSocket, UnixListener, UnixStream {

    private final int fd;
    private boolean closed;

    Descriptor(int fd) {
        this.fd = fd;
    }

    /** The kernel's number. */
    final int fd() {
        return fd;
    }

    /** Whether {@link #close} was called. */
    public final boolean isClosed() {
        return closed;
    }

    /** Closes it; a poller forgets it by that. Closing again does nothing. */
    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            FileDescriptors.close(fd);
            release();
        }
    }

    /** Gives up memory that only this object uses. */
    abstract void release();
}

package org.holdfast.linux;

import java.lang.invoke.MethodHandles;
import java.util.List;

/** Prepares calls of the C library ahead of their first use, on whatever thread calls. */
public final class NativeCalls {

    private static final List<Class<?>> NEEDED_AT_START =
            List.of(
                    SocketOptions.class,
                    Poller.class,
                    HotCall.class,
                    MessageVector.class,
                    UdpSocket.class,
                    UnixListener.class,
                    FileDescriptors.class,
                    Scheduling.class);

    private NativeCalls() {}

    /**
     * Prepares what a daemon calls when it starts: each call takes the virtual machine some
     * milliseconds. Whoever needs one meanwhile waits for that one only.
     */
    public static void prepare() {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        for (Class<?> needed : NEEDED_AT_START) {
            try {
                lookup.ensureInitialized(needed);
            } catch (IllegalAccessException | LinkageError e) {
                return; // who needs it meets the same, and can say what for
            }
        }
    }
}

package org.holdfast.linux;

import java.nio.charset.StandardCharsets;

/**
 * Tells systemd how the daemon does, by the datagram socket that it names in {@code NOTIFY_SOCKET}
 * (see sd_notify(3)).
 */
public final class ServiceManager {

    private ServiceManager() {}

    /**
     * Sends a message such as {@code READY=1}.
     *
     * @param socketName the value of {@code NOTIFY_SOCKET}: a path, or {@code @name}
     * @throws LinuxException if nobody listens there
     */
    public static void notify(String socketName, String message) throws LinuxException {
        UnixDatagrams.send(socketName, message.getBytes(StandardCharsets.UTF_8));
    }
}

package org.holdfast.node;

import java.util.Map;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.linux.LinuxException;
import org.holdfast.linux.ServiceManager;
import org.holdfast.telemetry.Telemetry;
import org.jspecify.annotations.Nullable;

/** Tells the service manager how the daemon is, if one has started it. For any thread. */
final class ServiceNotices {

    private final @Nullable String socket;
    private final Telemetry telemetry;

    ServiceNotices(Map<String, String> environment, Telemetry telemetry) {
        this.socket = environment.get("NOTIFY_SOCKET");
        this.telemetry = telemetry;
    }

    /** Says something of sd_notify(3). */
    void say(String message) {
        if (socket != null) {
            try {
                ServiceManager.notify(socket, message);
            } catch (LinuxException e) {
                telemetry.log(Level.WARNING, "MAIN", "Service manager: " + e.getMessage());
            }
        }
    }
}

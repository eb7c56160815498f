package org.holdfast.tools.pcs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ManagerRequest.ControllerQuery;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.FileAccess;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of the stack run and start with the machine, by the names that they have in the one
 * that we stand in for. The daemon is Corosync and Pacemaker at once; pcsd is another program,
 * which may listen beside it.
 */
final class DaemonStates {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String UNITS = "/etc/systemd/system";
    private static final String OWN_UNIT = "holdfastd";

    /** pcsd's TCP port 2224 as /proc/net/tcp writes it. */
    private static final String PCSD_PORT = ":08B0";

    private static final String LISTENING = "0A";

    private final FileAccess files;
    private final @Nullable ClusterConnection cluster;

    DaemonStates(FileAccess files, @Nullable ClusterConnection cluster) {
        this.files = files;
        this.cluster = cluster;
    }

    /** The lines of {@code pcs status} below its heading. */
    List<String> lines() {
        return List.of(
                line("corosync", cluster != null, isEnabled("corosync") || isEnabled(OWN_UNIT)),
                line("pacemaker", isManaging(), isEnabled("pacemaker") || isEnabled(OWN_UNIT)),
                line("pcsd", listensForPcs(), isEnabled("pcsd")));
    }

    private static String line(String name, boolean active, boolean enabled) {
        return "  "
                + name
                + ": "
                + (active ? "active" : "inactive")
                + "/"
                + (enabled ? "enabled" : "disabled");
    }

    private boolean isManaging() {
        if (cluster == null) {
            return false;
        }
        try {
            cluster.call(new ControllerQuery(), TIMEOUT);
            return true;
        } catch (RequestRefused e) {
            return false;
        }
    }

    /** Whether some target wants the unit, as {@code systemctl enable} arranges it. */
    private boolean isEnabled(String unit) {
        try {
            if (!files.isDirectory(UNITS)) {
                return false;
            }
            return files.list(UNITS).stream()
                    .filter(name -> name.endsWith(".wants") || name.endsWith(".requires"))
                    .anyMatch(name -> files.exists(UNITS + "/" + name + "/" + unit + ".service"));
        } catch (IOException e) {
            return false;
        }
    }

    private boolean listensForPcs() {
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try {
                String text = new String(files.read(table), StandardCharsets.US_ASCII);
                boolean listens =
                        text.lines()
                                .map(line -> line.strip().split("\\s+"))
                                .anyMatch(fields ->
                                        fields.length > 3
                                                && fields[1].endsWith(PCSD_PORT)
                                                && fields[3].equals(LISTENING));
                if (listens) {
                    return true;
                }
            } catch (IOException e) {
                // no such protocol here
            }
        }
        return false;
    }
}

package org.holdfast.storage;

import java.nio.file.Path;

/**
 * Where a node keeps its files: the places that Corosync and Pacemaker use, below a root directory
 * that is {@code /} on a real machine.
 *
 * @param root the directory that stands for {@code /}
 */
public record NodeFiles(Path root) {

    /** Makes the root absolute. */
    public NodeFiles {
        root = root.toAbsolutePath().normalize();
    }

    /** The place below the root that an absolute name means. */
    public Path below(String absoluteName) {
        Path path = Path.of(absoluteName);
        return path.isAbsolute() ? root.resolve(Path.of("/").relativize(path)) : root.resolve(path);
    }

    /** The cluster's configuration. */
    public Path corosyncConf() {
        return below("/etc/corosync/corosync.conf");
    }

    /** The CIB, its digest and its backups. */
    public Path cibDirectory() {
        return below("/var/lib/pacemaker/cib");
    }

    /** Sockets and other things that a reboot may lose. */
    public Path runDirectory() {
        return below("/run/holdfast");
    }

    /** The socket on which the daemon answers commands. */
    public Path controlSocket() {
        return runDirectory().resolve("holdfastd.sock");
    }

    /** The socket on which programs use process groups. */
    public Path clientSocket() {
        return runDirectory().resolve("cluster.sock");
    }
}

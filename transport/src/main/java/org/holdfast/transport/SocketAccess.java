package org.holdfast.transport;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Who may connect to the daemon's Unix sockets. */
public final class SocketAccess {

    private static final String GROUP = "haclient";

    private SocketAccess() {}

    /**
     * Lets everybody connect, because the daemon itself looks who it is; or ends that.
     *
     * @param path a socket that this process has made
     */
    public static void openToAll(Path path, boolean open) throws IOException {
        String mode = open ? "rw-rw-rw-" : "rw-rw----";
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    /**
     * Lets the daemon's own user and the group {@code haclient} connect, and nobody else.
     *
     * @param path a socket that this process has made
     */
    public static void restrict(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
        try {
            GroupPrincipal group =
                    FileSystems.getDefault()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByGroupName(GROUP);
            Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(group);
        } catch (IOException noGroup) {
            // Without the group, or the right to use it, the socket is for the daemon's own user.
        }
    }
}

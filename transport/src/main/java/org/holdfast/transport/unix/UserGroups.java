package org.holdfast.transport.unix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The groups that a user is listed in. Reads group(5) itself: groups from other sources than the
 * file are not seen.
 */
public final class UserGroups {

    private static final Path GROUP_FILE = Path.of("/etc/group");

    private UserGroups() {}

    /**
     * Names of the peer's groups, its effective one first.
     *
     * @param peer who is at the other end of a socket
     */
    public static List<String> of(UnixPeer peer) {
        List<String> groups = new ArrayList<>(List.of(peer.group()));
        try {
            for (String line : Files.readAllLines(GROUP_FILE)) {
                String[] fields = line.split(":", -1);
                if (fields.length >= 4
                        && List.of(fields[3].split(",")).contains(peer.user())
                        && !groups.contains(fields[0])) {
                    groups.add(fields[0]);
                }
            }
        } catch (IOException e) {
            return groups; // a machine without the file: the effective group is all there is
        }
        return groups;
    }
}

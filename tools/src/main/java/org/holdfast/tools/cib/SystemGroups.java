package org.holdfast.tools.cib;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.holdfast.tools.FileAccess;

/** Membership in the system's groups, from {@code /etc/group}. */
final class SystemGroups {

    private final FileAccess files;

    SystemGroups(FileAccess files) {
        this.files = files;
    }

    /** Names of the groups of which a user is named as a member. */
    List<String> of(String user) {
        List<String> groups = new ArrayList<>();
        try {
            String text = new String(files.read("/etc/group"), StandardCharsets.UTF_8);
            for (String line : text.split("\\n")) {
                String[] fields = line.split(":", -1);
                if (fields.length >= 4 && List.of(fields[3].split(",")).contains(user)) {
                    groups.add(fields[0]);
                }
            }
        } catch (IOException e) {
            // no list of groups: nobody is in one
        }
        return groups;
    }

    /** Whether a user is named as a member of a group. */
    boolean contains(String user, String group) {
        try {
            String text = new String(files.read("/etc/group"), StandardCharsets.UTF_8);
            for (String line : text.split("\\n")) {
                String[] fields = line.split(":", -1);
                if (fields.length >= 4 && fields[0].equals(group)) {
                    return List.of(fields[3].split(",")).contains(user);
                }
            }
        } catch (IOException e) {
            // no list of groups: nobody is in one
        }
        return false;
    }
}

package org.holdfast.controlapi;

import java.util.List;

/**
 * Who asks, as the operating system vouches for it.
 *
 * @param user the user's name; ACLs go by it
 * @param groups names of the user's groups
 * @param client the command's name, for logs and {@code update-client}
 */
public record Caller(String user, List<String> groups, String client) {

    /** Whether ACLs do not apply: root and the user of the cluster's own daemons. */
    public boolean isPrivileged() {
        return user.equals("root") || user.equals("hacluster");
    }
}

package org.holdfast.corosyncconf;

import java.util.Optional;

/** What a configuration's verdict depends on beside the file. Asked by one thread. */
public interface Machine {

    /** Whether there is a user or, with {@code group}, a group of that name. */
    boolean isKnown(String name, boolean group);

    /**
     * The address that a name stands for, in numbers as inet_ntop(3) writes them.
     *
     * @param ipVersion the value of {@code totem.ip_version}
     */
    Optional<String> resolve(String name, String ipVersion);

    /** The position of the node that this machine is; -1 if it is none. */
    int localNode(ClusterConf conf);

    /** Why a key file cannot be used, in Corosync's words; empty if it can. */
    Optional<String> problemWithKey(String path);

    /** Why a directory cannot be entered, in Corosync's words; empty if it can. */
    Optional<String> problemWithDirectory(String path);
}

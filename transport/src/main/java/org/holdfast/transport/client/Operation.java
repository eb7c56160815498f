package org.holdfast.transport.client;

/** What a program may ask of the cluster layer: the calls of libcmap, libquorum and libcfg. */
public enum Operation {
    /** Arguments: key. Answer: type, value. */
    CMAP_GET,
    /** Arguments: prefix. Answer: key, type, value of each key that begins so. */
    CMAP_LIST,
    /** Arguments: key, type, value. */
    CMAP_SET,
    /** Arguments: key. */
    CMAP_DELETE,
    /**
     * Answer: quorate (yes or no), expected votes, highest expected, total votes, votes needed,
     * flags with blanks between, ring's representative, ring's number; then id, votes, name of each
     * member.
     */
    VOTES,
    /** Arguments: the new number of expected votes. */
    SET_EXPECTED_VOTES,
    /** Arguments: node id (0: this node), the new number of its votes. */
    SET_VOTES,
    /** All nodes read their configuration again. */
    RELOAD,
    /** Arguments: node id, text for its log. That node's daemon ends at once. */
    KILL_NODE,
    /** Answer: id, address, and whether it is reached (yes or no) of each node. */
    NODES,
    /** Arguments: the quorum device's name. */
    DEVICE_REGISTER,
    /** Arguments: the quorum device's name. */
    DEVICE_UNREGISTER,
    /** Arguments: name, vote (yes or no), ring's representative, ring's number. */
    DEVICE_POLL,
    /** Arguments: name, whether the device's vote alone is enough (yes or no). */
    DEVICE_MASTER_WINS,
    /** Arguments: name, the new name. */
    DEVICE_RENAME;

    /** Its number in a frame. */
    public int number() {
        return ordinal() + 1;
    }
}

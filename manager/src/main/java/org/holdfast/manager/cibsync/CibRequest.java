package org.holdfast.manager.cibsync;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * An operation on the CIB as it travels between the nodes.
 *
 * @param op Pacemaker's name of the operation ({@code cib_modify}...)
 * @param section a section's tag, an XPath with {@link #XPATH}, or null for the whole
 * @param data what to merge, put in place...; null where the operation takes none
 * @param options Pacemaker's option bits
 * @param user the account that asks; ACLs go by it
 * @param groups the account's groups on the node where it was asked; ACLs go by them, too
 * @param client the program that asks
 * @param origin name of the node where it was asked
 * @param epochSeconds wall time when it was asked, for {@code cib-last-written}
 */
public record CibRequest(
        String op,
        @Nullable String section,
        @Nullable Element data,
        int options,
        String user,
        List<String> groups,
        String client,
        String origin,
        long epochSeconds) {

    /** A request of an account without groups. */
    public CibRequest(
            String op,
            @Nullable String section,
            @Nullable Element data,
            int options,
            String user,
            String client,
            String origin,
            long epochSeconds) {
        this(op, section, data, options, user, List.of(), client, origin, epochSeconds);
    }

    /** The section is an XPath. */
    public static final int XPATH = 1 << 1;

    /** Every match is meant, not just one. */
    public static final int MULTIPLE = 1 << 2;

    /** What is missing may be created. */
    public static final int CAN_CREATE = 1 << 3;

    /** Without children. */
    public static final int NO_CHILDREN = 1 << 5;

    /** A query answers with paths. */
    public static final int XPATH_ADDRESS = 1 << 6;

    /** Compute, but keep nothing. */
    public static final int DRY_RUN = 1 << 9;

    /** Values such as {@code value++} are computed. */
    public static final int SCORE_UPDATE = 1 << 11;

    /** The account that the cluster's own changes run under. */
    public static final String CLUSTER_USER = "hacluster";

    /** Several requests in one, all or nothing; {@link #transaction} makes it. */
    static final String TRANSACTION = "cib_commit_transact";

    /** The element that holds a transaction's requests. */
    static final String TRANSACTION_DATA = "cib_transaction";

    /**
     * Several requests in one, all or nothing.
     *
     * @param requests in their order; they are made by whoever made the first
     * @throws java.util.NoSuchElementException if there are none
     */
    public static CibRequest transaction(List<CibRequest> requests) {
        CibRequest first = requests.getFirst();
        return new CibRequest(
                TRANSACTION,
                null,
                CibMessages.encodeTransaction(requests),
                0,
                first.user,
                first.groups,
                first.client,
                first.origin,
                first.epochSeconds);
    }

    /** Whether an option bit is set. */
    public boolean has(int option) {
        return (options & option) != 0;
    }
}

package org.holdfast.cib.engine;

import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * One request to the CIB.
 *
 * @param operation what to do
 * @param section a section's tag, or an XPath with {@link CallOptions#XPATH}; null for the whole
 * @param data what to add, merge, put in place, match or apply
 * @param options bits of {@link CallOptions}
 * @param origin the node that the request came from, for the stamps; null if unknown
 * @param client the program that made it, for the stamps; null if unknown
 * @param user whose permissions count; null or a privileged user is not restricted
 * @param isUpdate whether this spreads a change that was made elsewhere, so that its version counts
 * @param digest what the digest of a replacement must be; null if it is not to be checked
 * @param schemaMax for an upgrade: the newest schema to go to; null for the newest known
 */
public record CibRequest(
        CibOperation operation,
        @Nullable String section,
        @Nullable Element data,
        int options,
        @Nullable String origin,
        @Nullable String client,
        @Nullable String user,
        boolean isUpdate,
        @Nullable String digest,
        @Nullable String schemaMax) {

    /** A request without stamps and restrictions. */
    public static CibRequest of(
            CibOperation operation, @Nullable String section, @Nullable Element data, int options) {
        return new CibRequest(
                operation, section, data, options, null, null, null, false, null, null);
    }

    /** The same request made by somebody. */
    public CibRequest by(
            @Nullable String fromNode, @Nullable String program, @Nullable String asUser) {
        return new CibRequest(
                operation, section, data, options, fromNode, program, asUser, isUpdate, digest,
                schemaMax);
    }

    /** The same request with other data. */
    public CibRequest withData(@Nullable Element other) {
        return new CibRequest(
                operation, section, other, options, origin, client, user, isUpdate, digest,
                schemaMax);
    }

    /** The same request with other options. */
    public CibRequest withOptions(int others) {
        return new CibRequest(
                operation, section, data, others, origin, client, user, isUpdate, digest,
                schemaMax);
    }

    boolean has(int option) {
        return (options & option) != 0;
    }
}

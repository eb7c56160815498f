package org.holdfast.tools.cib;

import java.io.IOException;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CallOptions;
import org.holdfast.cib.engine.CibOperation;
import org.holdfast.cib.engine.CibRequest;
import org.holdfast.cib.result.Rc;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.crm.frame.Invocation;
import org.jspecify.annotations.Nullable;

/**
 * A command's access to a CIB: a shadow copy, a file, or the cluster's own, as the user's
 * environment says. Not thread-safe.
 */
public interface CibClient {

    /** Where the cluster's configuration is on disk. */
    String CONFIG_DIR = "/var/lib/pacemaker/cib";

    /**
     * What a request came to.
     *
     * @param returnCode a code of {@link Rc}
     * @param output the answer, if any
     * @param rejected the CIB that would have come of it, where that breaks its schema
     */
    record Result(int returnCode, @Nullable Element output, @Nullable Element rejected) {

        Result(int returnCode, @Nullable Element output) {
            this(returnCode, output, null);
        }
    }

    /** A CIB could not be opened. */
    final class NotOpen extends Exception {

        private static final long serialVersionUID = 1L;

        private final int returnCode;

        NotOpen(int returnCode) {
            super(Rc.describe(returnCode), null, false, false);
            this.returnCode = returnCode;
        }

        /** Why, as a code of {@link Rc}. */
        public int returnCode() {
            return returnCode;
        }
    }

    /** Carries out a request. */
    Result call(CibRequest request);

    /**
     * Writes what was changed, and ends the access.
     *
     * @return a code of {@link Rc}
     */
    int close();

    /** Queries a section; null is the whole. */
    default Result query(@Nullable String section) {
        return call(CibRequest.of(CibOperation.QUERY, section, null, CallOptions.SYNC_CALL));
    }

    /**
     * Opens the CIB that the user's environment names.
     *
     * @throws NotOpen if it is not there, is no valid CIB, or no cluster runs
     */
    static CibClient open(Invocation call) throws NotOpen {
        String shadow = call.environment("CIB_shadow");
        String file = call.environment("CIB_file");
        if (shadow != null) {
            return openFile(call, shadowFile(call.context(), shadow));
        }
        if (file != null) {
            return openFile(call, file);
        }
        return LiveCib.open(call.context());
    }

    private static CibClient openFile(Invocation call, String path) throws NotOpen {
        long now = call.nowSeconds();
        return FileCib.open(call.context(), path, call.zone().ctime(now));
    }

    /** The file of a shadow copy. */
    static String shadowFile(ToolContext context, String name) {
        String directory = context.environment().get("CIB_shadow_dir");
        if (directory == null) {
            String user = context.environment().getOrDefault("USER", "root");
            boolean administrator =
                    user.equalsIgnoreCase("root") || user.equalsIgnoreCase("hacluster");
            if (administrator) {
                directory = CONFIG_DIR;
            } else {
                String home = context.environment().getOrDefault("HOME", "/tmp");
                directory = home.startsWith("/") ? home + "/.cib" : "/tmp";
                try {
                    context.files().createDirectories(directory);
                } catch (IOException e) {
                    // the use of the file will say what is wrong
                    directory = home;
                }
            }
        }
        return directory + "/shadow." + name;
    }
}

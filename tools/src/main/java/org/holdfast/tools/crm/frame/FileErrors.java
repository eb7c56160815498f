package org.holdfast.tools.crm.frame;

import java.io.IOException;
import java.util.List;
import org.holdfast.cib.result.Rc;

/** Why a file could not be read or written. */
public final class FileErrors {

    private static final List<Integer> KNOWN =
            List.of(Rc.ENOENT, Rc.EACCES, Rc.EPERM, Rc.EEXIST, Rc.EIO);

    private FileErrors() {}

    /** The return code for a failure of a {@link org.holdfast.tools.FileAccess}. */
    public static int returnCode(IOException e) {
        for (int code : KNOWN) {
            if (Rc.describe(code).equals(e.getMessage())) {
                return code;
            }
        }
        return Rc.ERROR;
    }
}

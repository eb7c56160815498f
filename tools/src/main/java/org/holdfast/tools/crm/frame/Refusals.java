package org.holdfast.tools.crm.frame;

import org.holdfast.cib.result.Rc;
import org.holdfast.controlapi.RequestRefused;

/** What a command makes of a refused request. */
public final class Refusals {

    private Refusals() {}

    /** The code of {@link Rc} for the reason. */
    public static int returnCode(RequestRefused refused) {
        return switch (refused.refusal().reason()) {
            case NOT_CONNECTED -> Rc.ENOTCONN;
            case TIMEOUT -> Rc.ETIMEDOUT;
            case NO_QUORUM -> Rc.NO_QUORUM;
            case PERMISSION_DENIED -> Rc.EACCES;
            case NOT_FOUND -> Rc.ENXIO;
            case INVALID -> Rc.EINVAL;
            case FAILED -> Rc.ERROR;
        };
    }
}

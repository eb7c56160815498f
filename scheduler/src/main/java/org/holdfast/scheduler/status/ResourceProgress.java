package org.holdfast.scheduler.status;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.OnFail;
import org.jspecify.annotations.Nullable;

/** What is known of a resource on a node while its history entries are read one by one. */
final class ResourceProgress {

    /** The worst response to failures that are not over yet. */
    OnFail onFail = OnFail.IGNORE;

    /** The last failure so far. */
    @Nullable Element lastFailure;
}

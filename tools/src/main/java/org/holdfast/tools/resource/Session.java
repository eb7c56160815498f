package org.holdfast.tools.resource;

import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CallOptions;
import org.holdfast.cib.engine.CibOperation;
import org.holdfast.cib.engine.CibRequest;
import org.holdfast.cib.result.Rc;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.constraints.ConstraintStage;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.tools.cib.CibClient;
import org.holdfast.tools.cibinput.CibUpgrade;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.TextOutput;
import org.holdfast.tools.crm.frame.UsageException;
import org.jspecify.annotations.Nullable;

/** One call of the command with the CIB that it works on. Not thread-safe. */
final class Session {

    private final Invocation call;
    private final CibClient client;
    private @Nullable Element original;
    private @Nullable Cluster cluster;
    private boolean constraintsKnown;

    Session(Invocation call, CibClient client) {
        this.call = call;
        this.client = client;
    }

    Invocation call() {
        return call;
    }

    Output out() {
        return call.out();
    }

    boolean isQuiet() {
        return out() instanceof TextOutput text && text.isQuiet();
    }

    boolean force() {
        return call.has("force");
    }

    /** Whether nothing is asked of a cluster, as the CIB is a file of the user's. */
    boolean isDryRun() {
        return call.environment("CIB_file") != null;
    }

    /** Whether the CIB is a copy that no cluster acts upon. */
    boolean isCopy() {
        return isDryRun() || call.environment("CIB_shadow") != null;
    }

    /** Reads the CIB and works out the status. */
    void readStatus() throws UsageException {
        CibClient.Result result = query();
        Element cib = result.output();
        if (result.returnCode() != Rc.OK || cib == null) {
            int rc = result.returnCode() == Rc.OK ? Rc.NO_INPUT : result.returnCode();
            out().error("Could not obtain the current CIB: " + Rc.describe(rc));
            throw Failures.of(rc, null);
        }
        original = cib;
        CibUpgrade.Result upgraded = CibUpgrade.prepare(cib);
        upgraded.notes().forEach(note -> call.context().err().println(note));
        CibUpgrade.Problem problem = upgraded.problem();
        if (problem != null) {
            int rc =
                    switch (problem) {
                        case CORRUPT -> Rc.CIB_CORRUPT;
                        case NOT_UPGRADABLE -> Rc.TRANSFORM_FAILED;
                        case INVALID -> Rc.SCHEMA_VALIDATION;
                    };
            out().error("Could not upgrade the current CIB XML: " + Rc.describe(rc));
            throw Failures.of(rc, null);
        }
        ScheduleRequest request = ScheduleRequest.of(upgraded.cib(), call.nowSeconds());
        cluster =
                Scheduler.status(
                        new ScheduleRequest(
                                upgraded.cib(), call.timeContext(), request.scores(), null));
        constraintsKnown = false;
    }

    /** The cluster's status. */
    Cluster cluster() {
        Cluster known = cluster;
        if (known == null) {
            throw new IllegalStateException("the command needs no status");
        }
        return known;
    }

    /** The cluster with its constraints. */
    Cluster withConstraints() {
        if (!constraintsKnown) {
            constraintsKnown = true;
            ConstraintStage.unpack(cluster());
        }
        return cluster();
    }

    /** The CIB as it was read, not upgraded. */
    Element original() {
        Element known = original;
        if (known == null) {
            throw new IllegalStateException("the CIB was not read");
        }
        return known;
    }

    /** The CIB as it is now. */
    CibClient.Result query() {
        return send(CibOperation.QUERY, null, null, CallOptions.NONE);
    }

    /** What an XPath selects. */
    CibClient.Result select(String xpath) {
        return send(CibOperation.QUERY, xpath, null, CallOptions.XPATH);
    }

    /**
     * Merges something into a section.
     *
     * @return a code of {@link Rc}
     */
    int modify(String section, Element data) {
        return send(CibOperation.MODIFY, section, data, CallOptions.NONE).returnCode();
    }

    /** Puts something in the place of what has its id. */
    int replace(String section, Element data) {
        return send(CibOperation.REPLACE, section, data, CallOptions.NONE).returnCode();
    }

    /** Removes from a section what matches. */
    int remove(String section, Element data) {
        return send(CibOperation.DELETE, section, data, CallOptions.NONE).returnCode();
    }

    /** Removes what an XPath selects. */
    int removeSelected(String xpath) {
        return send(CibOperation.DELETE, xpath, null, CallOptions.XPATH).returnCode();
    }

    private CibClient.Result send(
            CibOperation operation, @Nullable String section, @Nullable Element data, int options) {
        return client.call(
                CibRequest.of(operation, section, data, options | CallOptions.SYNC_CALL)
                        .by(null, null, call.environment("CIB_user")));
    }
}

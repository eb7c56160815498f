package org.holdfast.cib.engine;

import java.util.List;
import java.util.function.BiPredicate;
import org.holdfast.cib.acl.AccessMap;
import org.holdfast.cib.acl.Acls;
import org.holdfast.cib.acl.ChangeCheck;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.Text;
import org.holdfast.cib.engine.Step.Touched;
import org.holdfast.cib.patch.CibVersion;
import org.holdfast.cib.patch.Difference;
import org.holdfast.cib.patch.Difference.Change;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.value.Versions;
import org.holdfast.cib.xpath.TooMuchWorkException;
import org.holdfast.cib.xpath.Work;
import org.jspecify.annotations.Nullable;

/**
 * Carries out requests on a CIB. Holds no state but its schemas: the same document and request
 * always come to the same outcome, on every node. Safe for concurrent use.
 */
public final class CibEngine {

    private final Schemas schemas;
    private final Operations operations;
    private final boolean checksFeatureSet;
    private final BiPredicate<String, String> inGroup;

    /**
     * An engine that takes every user for a member of no group.
     *
     * @param schemas what documents must conform to
     * @param checksFeatureSet whether a CIB with a newer feature set than ours is refused, as a
     *     cluster does and a file does not
     */
    public CibEngine(Schemas schemas, boolean checksFeatureSet) {
        this(schemas, checksFeatureSet, (_, _) -> false);
    }

    /**
     * An engine.
     *
     * @param schemas what documents must conform to
     * @param checksFeatureSet whether a CIB with a newer feature set than ours is refused, as a
     *     cluster does and a file does not
     * @param inGroup whether a user (first) is a member of a group (second), for ACLs
     */
    public CibEngine(
            Schemas schemas, boolean checksFeatureSet, BiPredicate<String, String> inGroup) {
        this.schemas = schemas;
        this.operations = new Operations(schemas);
        this.checksFeatureSet = checksFeatureSet;
        this.inGroup = inGroup;
    }

    /**
     * Carries out one request.
     *
     * @param cib the CIB before
     * @param request what to do
     * @param lastWritten the time for the stamp {@code cib-last-written}, in ctime(3)'s form
     */
    public CibOutcome apply(Element cib, CibRequest request, String lastWritten) {
        try {
            return carryOut(cib, request, lastWritten);
        } catch (TooMuchWorkException e) {
            return CibOutcome.unchanged(Rc.ETIME, cib, null);
        }
    }

    private CibOutcome carryOut(Element cib, CibRequest request, String lastWritten) {
        Acls acls = restrictions(cib, request.user());
        Element visible =
                acls == null || request.operation().modifies()
                        ? cib
                        : new AccessMap(cib, acls).readable(cib);
        if (visible == null) {
            return CibOutcome.unchanged(Rc.EACCES, cib, null);
        }
        Step step = operations.apply(visible, withoutText(request), new Work(visible));
        if (step.returnCode() != Rc.OK || !request.operation().modifies()) {
            return CibOutcome.unchanged(step.returnCode(), cib, step.output());
        }
        if (acls != null && !ChangeCheck.permits(acls, cib, step.document())) {
            return CibOutcome.unchanged(Rc.EACCES, cib, null);
        }
        return conclude(cib, cib, step, request, lastWritten);
    }

    /**
     * Carries out requests one after the other, all or none. As in Pacemaker, each of them is held
     * to what holds for a single one (rights, versions, the schema), counts the version up if
     * anything has changed by then, and the commit does so once more.
     *
     * @param cib the CIB before
     * @param requests the transaction's requests
     * @param commit who commits it, for the stamps
     * @param lastWritten the time for the stamp, in ctime(3)'s form
     */
    public CibOutcome applyAll(
            Element cib, List<CibRequest> requests, CibRequest commit, String lastWritten) {
        try {
            return carryOutAll(cib, requests, commit, lastWritten);
        } catch (TooMuchWorkException e) {
            return CibOutcome.unchanged(Rc.ETIME, cib, null);
        }
    }

    private CibOutcome carryOutAll(
            Element cib, List<CibRequest> requests, CibRequest commit, String lastWritten) {
        Work work = new Work(cib); // for all of them together
        Acls acls = restrictions(cib, commit.user());
        Element document = cib;
        Touched touched = Touched.NOTHING;
        for (CibRequest request : requests) {
            if (!request.operation().isForTransactions()) {
                return CibOutcome.unchanged(Rc.EOPNOTSUPP, cib, null);
            }
            Step step = operations.apply(document, withoutText(request), work);
            if (step.returnCode() != Rc.OK) {
                return CibOutcome.unchanged(step.returnCode(), cib, step.output());
            }
            if (acls != null && !ChangeCheck.permits(acls, document, step.document())) {
                return CibOutcome.unchanged(Rc.EACCES, cib, null);
            }
            touched = touched.and(step.touched());
            CibOutcome sofar =
                    conclude(
                            cib,
                            document,
                            Step.touched(step.document(), touched),
                            request,
                            lastWritten);
            if (!sofar.ok()) {
                return sofar;
            }
            document = sofar.document();
        }
        return conclude(cib, document, Step.touched(document, touched), commit, lastWritten);
    }

    private @Nullable Acls restrictions(Element cib, @Nullable String user) {
        return user != null && Acls.restrict(cib, user) ? Acls.of(cib, user, inGroup) : null;
    }

    /**
     * Looks at what a request made of a document, and completes it.
     *
     * @param cib the CIB before, or before the transaction
     * @param previous the document that the request was applied to
     */
    private CibOutcome conclude(
            Element cib, Element previous, Step step, CibRequest request, String lastWritten) {
        Element result = step.document();
        if (checksFeatureSet
                && Versions.compare(result.getOr("crm_feature_set", "0"), FeatureSet.CURRENT) > 0) {
            return CibOutcome.unchanged(Rc.EPROTONOSUPPORT, cib, null);
        }
        if (goesBackwards(previous, result)) {
            return CibOutcome.unchanged(Rc.OLD_DATA, cib, null);
        }
        List<Change> changes = Difference.between(cib, result);
        if (!DocumentLimits.hold(changes)) {
            return CibOutcome.unchanged(Rc.EFBIG, cib, null);
        }
        boolean configuration =
                step.touched() == Touched.CONFIGURATION || touchesConfiguration(changes);
        if (changes.isEmpty() && step.touched() == Touched.NOTHING) {
            return CibOutcome.unchanged(Rc.OK, cib, step.output());
        }
        if (!request.isUpdate()) {
            result = nextVersion(result, configuration);
        }
        CibOutcome.Changed change = new CibOutcome.Changed(cib, result, changes);
        if (configuration && !request.has(CallOptions.NO_MTIME)) {
            if (!result.has("validate-with")) {
                return CibOutcome.unchanged(Rc.CIB_CORRUPT, cib, null);
            }
            result = stamped(result, request, lastWritten);
        }
        boolean statusOnly = "status".equalsIgnoreCase(request.section());
        if (!statusOnly && !schemas.isValid(result)) {
            return new CibOutcome(Rc.SCHEMA_VALIDATION, cib, false, null, null, result);
        }
        return new CibOutcome(Rc.OK, result, configuration, change, step.output(), null);
    }

    private static boolean goesBackwards(Element before, Element after) {
        CibVersion old = CibVersion.of(before);
        CibVersion now = CibVersion.of(after);
        return now.adminEpoch() < old.adminEpoch()
                || now.adminEpoch() == old.adminEpoch() && now.epoch() < old.epoch();
    }

    private static boolean touchesConfiguration(List<Change> changes) {
        for (Change change : changes) {
            String path = change.path();
            if (path.startsWith("/cib/configuration")) {
                return true;
            }
            if (change instanceof Difference.Created(_, _, Node node)
                    && path.equals("/cib")
                    && node instanceof Element element
                    && element.name().equals("configuration")) {
                return true;
            }
        }
        return false;
    }

    private static Element nextVersion(Element cib, boolean configurationChanged) {
        if (configurationChanged) {
            return cib.with("num_updates", "0")
                    .with("epoch", "" + (CibVersion.number(cib, "epoch", 0) + 1));
        }
        return cib.with("num_updates", "" + (CibVersion.number(cib, "num_updates", 0) + 1));
    }

    private Element stamped(Element cib, CibRequest request, String lastWritten) {
        Element result = cib.with("cib-last-written", lastWritten);
        if (schemas.compare(cib.get("validate-with"), "pacemaker-1.2") < 0) {
            return result; // older schemas do not know the other stamps
        }
        result = stamp(result, "update-origin", request.origin());
        result = stamp(result, "update-client", request.client());
        return stamp(result, "update-user", request.user());
    }

    private static Element stamp(Element cib, String attribute, @Nullable String value) {
        return value == null ? cib.without(attribute) : cib.with(attribute, value);
    }

    /** A CIB has no character data, so what comes in loses it; that costs what comes in. */
    private static CibRequest withoutText(CibRequest request) {
        Element data = request.data();
        return data == null || request.operation() == CibOperation.APPLY_PATCH
                ? request
                : request.withData(withoutText(data));
    }

    private static Element withoutText(Element element) {
        if (element.children().isEmpty()) {
            return element;
        }
        for (Node child : element.children()) {
            if (child instanceof Text) {
                return withoutText(
                        element.withChildren(
                                element.children().stream()
                                        .filter(node -> !(node instanceof Text))
                                        .toList()));
            }
        }
        return element.mapElements(CibEngine::withoutText);
    }
}

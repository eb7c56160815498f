package org.holdfast.manager.cibsync;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CibEngine;
import org.holdfast.cib.engine.CibOperation;
import org.holdfast.cib.engine.CibOutcome;
import org.holdfast.cib.engine.Schemas;
import org.holdfast.cib.result.Rc;
import org.jspecify.annotations.Nullable;

/** Applies replicated requests with the CIB engine. */
public final class EngineApplier implements CibApplier {

    /** As ctime(3) prints it, in UTC: every node must write the same. */
    private static final DateTimeFormatter CTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT);

    /** The end of the year 9999. */
    private static final long SECONDS_MAX = 253_402_300_799L;

    private final Schemas schemas;
    private final CibEngine groupless;
    private long lastSeconds;
    private String lastCtime = "";

    /**
     * An applier.
     *
     * @param schemas what changes of the CIB are checked against
     */
    public EngineApplier(Schemas schemas) {
        this.schemas = schemas;
        this.groupless = new CibEngine(schemas, true);
    }

    /** Every node must come to the same result, so the groups are those that the request tells. */
    private CibEngine engineFor(CibRequest request) {
        List<String> groups = request.groups();
        return groups.isEmpty()
                ? groupless
                : new CibEngine(schemas, true, (user, group) -> groups.contains(group));
    }

    @Override
    public Outcome apply(Element cib, CibRequest request) {
        org.holdfast.cib.engine.CibRequest translated = translate(request);
        if (translated == null) {
            return new Outcome(Rc.toLegacy(Rc.EOPNOTSUPP), cib, null);
        }
        String lastWritten = ctime(request.epochSeconds());
        CibEngine engine = engineFor(request);
        CibOutcome outcome;
        if (translated.operation() == CibOperation.COMMIT_TRANSACTION) {
            Element transaction = request.data();
            if (transaction == null || !transaction.name().equals(CibRequest.TRANSACTION_DATA)) {
                return new Outcome(Rc.toLegacy(Rc.NO_TRANSACTION), cib, null);
            }
            List<org.holdfast.cib.engine.CibRequest> parts = new ArrayList<>();
            for (Element part : transaction.elements(CibMessages.COMMAND)) {
                org.holdfast.cib.engine.CibRequest read = part(part, request);
                if (read == null) {
                    return new Outcome(Rc.toLegacy(Rc.EINVAL), cib, null);
                }
                if (part.has("cib_host")) {
                    return new Outcome(Rc.toLegacy(Rc.EOPNOTSUPP), cib, null);
                }
                parts.add(read);
            }
            outcome = engine.applyAll(cib, parts, translated, lastWritten);
        } else {
            outcome = engine.apply(cib, translated, lastWritten);
        }
        Element output = outcome.output();
        if (request.has(CibRequest.DRY_RUN) && outcome.ok() && output == null) {
            output = outcome.document();
        }
        if (output == null && outcome.returnCode() == Rc.SCHEMA_VALIDATION) {
            output = outcome.rejected();
        }
        return new Outcome(Rc.toLegacy(outcome.returnCode()), outcome.document(), output);
    }

    /** Requests come one after the other, many in one second. */
    private String ctime(long epochSeconds) {
        if (epochSeconds != lastSeconds || lastCtime.isEmpty()) {
            lastSeconds = epochSeconds;
            // A damaged message may tell any time; all nodes must make the same of it
            long told = Math.clamp(epochSeconds, 0, SECONDS_MAX);
            lastCtime = CTIME.format(LocalDateTime.ofEpochSecond(told, 0, ZoneOffset.UTC));
        }
        return lastCtime;
    }

    private static org.holdfast.cib.engine.@Nullable CibRequest translate(CibRequest request) {
        CibOperation operation = CibOperation.ofMessage(request.op());
        if (operation == null) {
            return null;
        }
        return org.holdfast.cib.engine.CibRequest.of(
                        operation, request.section(), request.data(), request.options())
                .by(request.origin(), request.client(), request.user());
    }

    /** A request of a transaction, or null if it is none that makes sense. */
    private static org.holdfast.cib.engine.@Nullable CibRequest part(
            Element part, CibRequest commit) {
        CibOperation operation = CibOperation.ofMessage(part.getOr("cib_op", ""));
        CibRequest request = CibMessages.decodeRequest(part);
        return operation == null || request == null
                ? null
                : org.holdfast.cib.engine.CibRequest.of(
                                operation, request.section(), request.data(), request.options())
                        .by(commit.origin(), commit.client(), commit.user());
    }
}

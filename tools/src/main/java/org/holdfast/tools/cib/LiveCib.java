package org.holdfast.tools.cib;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CallOptions;
import org.holdfast.cib.engine.CibRequest;
import org.holdfast.cib.result.Rc;
import org.holdfast.controlapi.Caller;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ControlAnswer.CibResult;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.controlapi.ManagerRequest.CibAction;
import org.holdfast.controlapi.ManagerRequest.CibOption;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.crm.frame.Refusals;
import org.jspecify.annotations.Nullable;

/** The running cluster's CIB. */
final class LiveCib implements CibClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ClusterConnection cluster;
    private final SystemGroups groups;

    private LiveCib(ClusterConnection cluster, SystemGroups groups) {
        this.cluster = cluster;
        this.groups = groups;
    }

    static LiveCib open(ToolContext context) throws NotOpen {
        ClusterConnection cluster = context.cluster();
        if (cluster == null) {
            throw new NotOpen(Rc.ENOTCONN);
        }
        return new LiveCib(cluster, new SystemGroups(context.files()));
    }

    @Override
    public Result call(CibRequest request) {
        try {
            CibResult result =
                    cluster.call(
                            new ManagerRequest.CibOperation(
                                    action(request),
                                    request.section(),
                                    request.data(),
                                    options(request.options()),
                                    onBehalfOf(request.user())),
                            TIMEOUT);
            Element output = result.output();
            int returnCode = Rc.fromLegacy(result.returnCode());
            return new Result(
                    returnCode, output, returnCode == Rc.SCHEMA_VALIDATION ? output : null);
        } catch (RequestRefused e) {
            return new Result(Refusals.returnCode(e), null);
        }
    }

    private @Nullable Caller onBehalfOf(@Nullable String user) {
        return user == null || user.isEmpty()
                ? null
                : new Caller(user, groups.of(user), "cibadmin");
    }

    private static CibAction action(CibRequest request) {
        return switch (request.operation()) {
            case QUERY -> CibAction.QUERY;
            case CREATE -> CibAction.CREATE;
            case MODIFY -> CibAction.MODIFY;
            case REPLACE -> CibAction.REPLACE;
            case DELETE ->
                    (request.options() & CallOptions.MULTIPLE) != 0
                            ? CibAction.DELETE_ALL
                            : CibAction.DELETE;
            case ERASE -> CibAction.ERASE;
            case BUMP -> CibAction.BUMP;
            case UPGRADE -> CibAction.UPGRADE;
            case APPLY_PATCH -> CibAction.PATCH;
            case COMMIT_TRANSACTION ->
                    throw new IllegalArgumentException("no transactions over this interface");
        };
    }

    private static Set<CibOption> options(int bits) {
        Set<CibOption> options = EnumSet.noneOf(CibOption.class);
        add(options, bits, CallOptions.XPATH, CibOption.XPATH);
        add(options, bits, CallOptions.NO_CHILDREN, CibOption.NO_CHILDREN);
        add(options, bits, CallOptions.CAN_CREATE, CibOption.CAN_CREATE);
        add(options, bits, CallOptions.SCORE_UPDATE, CibOption.EXPAND_SCORES);
        add(options, bits, CallOptions.DRY_RUN, CibOption.DRY_RUN);
        add(options, bits, CallOptions.XPATH_ADDRESS, CibOption.XPATH_ADDRESS);
        return options;
    }

    private static void add(Set<CibOption> options, int bits, int bit, CibOption option) {
        if ((bits & bit) != 0) {
            options.add(option);
        }
    }

    @Override
    public int close() {
        return Rc.OK;
    }
}

package org.holdfast.tools.resource;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.xpath.XPath;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.model.Action;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.UsageException;

/**
 * What a cluster of this CIB would still have to do, as {@code crm_resource --wait} sees it. For
 * one command's thread.
 */
final class PendingActions {

    private static final String DC_VERSION =
            "/cib/configuration/crm_config/cluster_property_set/nvpair[@name='dc-version']";

    private static final String HISTORY =
            "/cib/status/node_state/lrm/lrm_resources/lrm_resource/lrm_rsc_op";

    private static final int UNKNOWN_RESULT = 193;

    private final Session session;
    private List<Action> actions = List.of();

    PendingActions(Session session) {
        this.session = session;
    }

    /** Reads the CIB anew; returns whether anything is left to do. */
    boolean anyLeft() throws UsageException {
        session.readStatus();
        Element cib = session.cluster().cib;
        actions =
                Scheduler.decide(session.cluster()).cluster().actions.stream()
                        .filter(PendingActions::isPending)
                        .toList();
        return !actions.isEmpty()
                || XPath.elements(cib, HISTORY + "[@rc-code='" + UNKNOWN_RESULT + "']").stream()
                        .anyMatch(entry -> isUnderWay(cib, entry));
    }

    /** What was found last, the newest action first. */
    void print() {
        Output out = session.out();
        out.info("Pending actions:");
        for (Action action : actions.reversed()) {
            out.info(
                    "\tAction "
                            + action.id
                            + ": "
                            + action.key
                            + (action.node == null ? "" : "\ton " + action.node.name));
        }
    }

    /** A DC of another version may want other things done. */
    void warnOfOtherVersions() {
        boolean same =
                XPath.elements(session.cluster().cib, DC_VERSION).stream()
                        .map(pair -> pair.getOr("value", ""))
                        .anyMatch(version -> version.startsWith(CrmTool.PACEMAKER_VERSION + "-"));
        if (!same && !session.isQuiet()) {
            session.out()
                    .info("warning: wait option may not work properly in mixed-version cluster");
        }
    }

    /** What {@code --wait} ends with when its time is over. */
    UsageException timeout() {
        return Failures.exit(ExitCode.TIMEOUT, null);
    }

    private static boolean isPending(Action action) {
        return !action.isOptional()
                && !action.isPseudo()
                && action.isRunnable()
                && !action.task.equalsIgnoreCase("notify");
    }

    /** A recurring monitor that failed and has not been run again since is not waited for. */
    private static boolean isUnderWay(Element cib, Element entry) {
        String key = entry.get("operation_key");
        boolean recurring =
                "monitor".equals(entry.get("operation"))
                        && !entry.getOr("interval", "0").equals("0");
        return !recurring
                || key == null
                || XPath.elements(cib, HISTORY + "[@operation_key='" + key + "']").stream()
                        .noneMatch(other -> other.id().endsWith("_last_failure_0"));
    }
}

package org.holdfast.tools.mon;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.value.IntegerText;
import org.holdfast.controlapi.ControlAnswer.FencingEvent;
import org.holdfast.scheduler.history.Execution;
import org.holdfast.tools.Programs;
import org.jspecify.annotations.Nullable;

/**
 * Tells a program of the administrator's of results and of fencing, in the variables that {@code
 * crm_mon --external-agent} is known for. For one command's thread.
 */
final class EventNotices {

    private static final int NOT_RUNNING = 7;

    private final String program;
    private final @Nullable String recipient;
    private final Programs programs;
    private Map<String, String> seen = Map.of();
    private boolean started;
    private List<FencingEvent> seenFencing = List.of();
    private boolean startedFencing;

    EventNotices(String program, @Nullable String recipient, Programs programs) {
        this.program = program;
        this.recipient = recipient;
        this.programs = programs;
    }

    /** Compares with the CIB before; the first one is what there was already. */
    void onCib(Element cib) throws IOException {
        Map<String, String> now = new HashMap<>();
        List<Map<String, String>> notices = new ArrayList<>();
        Element status = cib.first("status");
        for (Element state : status == null ? List.<Element>of() : status.elements()) {
            Element lrm = state.first("lrm");
            Element resources = lrm == null ? null : lrm.first("lrm_resources");
            if (resources == null) {
                continue;
            }
            for (Element resource : resources.elements()) {
                for (Element result : resource.elements()) {
                    String key = state.id() + " " + resource.id() + " " + result.id();
                    String value =
                            result.getOr("transition-magic", "") + " " + result.get("call-id");
                    now.put(key, value);
                    if (started && !value.equals(seen.get(key))) {
                        Map<String, String> notice = result(state, resource, result);
                        if (notice != null) {
                            notices.add(notice);
                        }
                    }
                }
            }
        }
        seen = now;
        started = true;
        for (Map<String, String> notice : notices) {
            send(notice);
        }
    }

    /** Compares with the history of fencing before; the first one is what there was already. */
    void onFencing(List<FencingEvent> events) throws IOException {
        List<FencingEvent> before = seenFencing;
        boolean tell = startedFencing;
        seenFencing = events;
        startedFencing = true;
        for (FencingEvent event : tell ? events.reversed() : List.<FencingEvent>of()) {
            if (event.completedEpochSeconds() != 0 && !before.contains(event)) {
                send(fencing(event));
            }
        }
    }

    /**
     * What there is to tell of a result, or null. Its magic is {@code status:rc;...:target:uuid}.
     */
    private static @Nullable Map<String, String> result(
            Element state, Element resource, Element result) {
        String magic = result.getOr("transition-magic", "");
        String[] outcome = magic.split(";", 2);
        String[] codes = outcome[0].split(":", 2);
        String[] key = outcome.length < 2 ? new String[0] : outcome[1].split(":", 4);
        if (codes.length < 2 || key.length < 4) {
            return null;
        }
        int status = (int) IntegerText.valueOf(codes[0], 0);
        int code = (int) IntegerText.valueOf(codes[1], 0);
        int target = (int) IntegerText.valueOf(key[2], 0);
        boolean done = status == Execution.DONE;
        if (done && code == target && code == NOT_RUNNING) {
            return null; // a probe that found nothing
        }
        Map<String, String> notice = new LinkedHashMap<>();
        notice.put("CRM_notify_rsc", resource.id());
        notice.put("CRM_notify_node", result.getOr("on_node", state.getOr("uname", state.id())));
        notice.put("CRM_notify_task", result.getOr("operation", ""));
        notice.put(
                "CRM_notify_desc",
                !done
                        ? Execution.text(status)
                        : code == target ? Rc.describe(Rc.OK) : ExitCode.describe(code));
        notice.put("CRM_notify_rc", "" + code);
        notice.put("CRM_notify_target_rc", "" + target);
        notice.put("CRM_notify_status", "" + status);
        return notice;
    }

    private static Map<String, String> fencing(FencingEvent event) {
        boolean succeeded = event.state().equals("success");
        Map<String, String> notice = new LinkedHashMap<>();
        notice.put("CRM_notify_node", event.target());
        notice.put("CRM_notify_task", "st_notify_fence");
        notice.put(
                "CRM_notify_desc",
                "Operation %s of %s by %s for %s@%s: %s"
                        .formatted(
                                event.action(),
                                event.target(),
                                event.delegate() == null ? "the cluster" : event.delegate(),
                                event.client(),
                                event.origin(),
                                succeeded ? "OK" : "Error"));
        notice.put("CRM_notify_rc", succeeded ? "0" : "1");
        notice.put("CRM_notify_target_rc", "0");
        notice.put("CRM_notify_status", "0");
        return notice;
    }

    private void send(Map<String, String> notice) throws IOException {
        if (recipient != null) {
            notice.put("CRM_notify_recipient", recipient);
        }
        programs.start(List.of(program), notice);
    }
}

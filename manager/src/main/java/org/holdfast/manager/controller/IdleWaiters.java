package org.holdfast.manager.controller;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.NodeId;

/**
 * Those who wait until the cluster has nothing left to do. The question travels in the group's
 * order, so the DC answers for everything that the asking node had seen done before it asked.
 */
final class IdleWaiters {

    private record Question(NodeId from, String number) {}

    private final Controller controller;
    private final ControllerMessages messages;
    private final Map<String, Runnable> asked = new LinkedHashMap<>();
    private final List<Question> toAnswer = new ArrayList<>();
    private long lastNumber;

    IdleWaiters(Controller controller, ControllerMessages messages) {
        this.controller = controller;
        this.messages = messages;
    }

    void add(Runnable then) {
        lastNumber++;
        asked.put(Long.toString(lastNumber), then);
        messages.broadcast(
                messages.request(ControllerMessages.WAIT_IDLE, "crmd", "dc", null)
                        .attribute("number", Long.toString(lastNumber))
                        .build());
    }

    void onWait(NodeId from, Element message) {
        Question question = new Question(from, message.getOr("number", ""));
        if (controller.isIdle()) {
            answer(question);
        } else {
            toAnswer.add(question); // by every node: whoever is DC when all is done answers
        }
    }

    void onIdle(Element message) {
        NodeId asker = ControllerMessages.nodeId(message.get("asker"));
        String number = message.getOr("number", "");
        toAnswer.removeIf(
                question -> question.from().equals(asker) && question.number().equals(number));
        Runnable then = controller.self().equals(asker) ? asked.remove(number) : null;
        if (then != null) {
            then.run();
        }
    }

    /** Nobody is left to be answered there. */
    void gone(NodeId node) {
        toAnswer.removeIf(question -> question.from().equals(node));
    }

    void idle() {
        List<Question> due = new ArrayList<>(toAnswer);
        toAnswer.clear();
        due.forEach(this::answer);
    }

    private void answer(Question question) {
        messages.broadcast(
                messages.request(ControllerMessages.IS_IDLE, "dc", "crmd", null)
                        .attribute("asker", question.from().toString())
                        .attribute("number", question.number())
                        .build());
    }
}

package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.FenceReason;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.StateReason;

/** Keeps the reasons of a run by resource and node, by action, and by node. */
final class ReasonRecorder implements ReasonSink {

    private final Map<String, List<Entry>> entries = new LinkedHashMap<>();
    private final Map<Integer, List<Decided>> actions = new LinkedHashMap<>();
    private final Map<String, List<StateReason>> states = new LinkedHashMap<>();
    private final Map<Integer, List<FenceReason>> fencing = new LinkedHashMap<>();

    /** One change of a score. */
    record Entry(int before, int after, ScoreReason reason) {}

    /** One decision about an action. */
    private record Decided(Effect effect, ActionReason reason) {}

    @Override
    public boolean wanted() {
        return true;
    }

    @Override
    public void score(Resource resource, Node node, int before, int after, ScoreReason reason) {
        entries.computeIfAbsent(key(resource, node), _ -> new ArrayList<>())
                .add(new Entry(before, after, reason));
    }

    @Override
    public void action(Action action, Effect effect, ActionReason reason) {
        actions.computeIfAbsent(action.id, _ -> new ArrayList<>()).add(new Decided(effect, reason));
    }

    @Override
    public void state(Resource resource, StateReason reason) {
        addOnce(states.computeIfAbsent(resource.id, _ -> new ArrayList<>()), reason);
    }

    @Override
    public void node(Node node, FenceReason reason) {
        addOnce(fencing.computeIfAbsent(node.index, _ -> new ArrayList<>()), reason);
    }

    private static <T> void addOnce(List<T> into, T reason) {
        if (!into.contains(reason)) {
            into.add(reason);
        }
    }

    /**
     * The changes that led to a score, in order. Placement takes some changes back, when it only
     * tried something; those are left out, which is why the way is followed from its end.
     */
    List<Entry> wayTo(Resource resource, Node node, int score) {
        List<Entry> all = entries.getOrDefault(key(resource, node), List.of());
        List<Entry> way = new ArrayList<>();
        int wanted = score;
        for (Entry entry : all.reversed()) {
            if (entry.after == wanted && entry.before != entry.after) {
                way.add(entry);
                wanted = entry.before;
            }
        }
        return way.reversed();
    }

    /**
     * Why an action must happen: what was said since it was last not required, each reason once,
     * the one that decided first.
     */
    List<ActionReason> whyRequired(Action action) {
        return since(action, Effect.REQUIRED, Effect.NOT_REQUIRED);
    }

    /** Why an action cannot happen: what was said since it was last possible. */
    List<ActionReason> whyBlocked(Action action) {
        return since(action, Effect.BLOCKED, Effect.POSSIBLE);
    }

    private List<ActionReason> since(Action action, Effect wanted, Effect opposite) {
        List<ActionReason> found = new ArrayList<>();
        for (Decided decided : actions.getOrDefault(action.id, List.of())) {
            if (decided.effect == opposite) {
                found.clear();
            } else if (decided.effect == wanted) {
                addOnce(found, decided.reason);
            }
        }
        return found;
    }

    /** What was found out about a resource. */
    List<StateReason> statesOf(Resource resource) {
        return states.getOrDefault(resource.id, List.of());
    }

    /** Why a node is to be fenced or unfenced. */
    List<FenceReason> fencingOf(Node node) {
        return fencing.getOrDefault(node.index, List.of());
    }

    private static String key(Resource resource, Node node) {
        return resource.id + "\n" + node.index;
    }
}

package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoreSink;

/** Keeps the reasons of a run by resource and node. */
final class ReasonRecorder implements ScoreSink {

    private final Map<String, List<Entry>> entries = new LinkedHashMap<>();

    /** One change of a score. */
    record Entry(int before, int after, ScoreReason reason) {}

    @Override
    public boolean wanted() {
        return true;
    }

    @Override
    public void score(Resource resource, Node node, int before, int after, ScoreReason reason) {
        entries.computeIfAbsent(key(resource, node), _ -> new ArrayList<>())
                .add(new Entry(before, after, reason));
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

    private static String key(Resource resource, Node node) {
        return resource.id + "\n" + node.index;
    }
}

package org.holdfast.tools.simulate;

import java.util.List;
import java.util.Map;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreLog;
import org.holdfast.scheduler.sorting.HashOrder;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.holdfast.tools.simulate.SimulateOptions.Flag;

/** Shows scores and utilization as they come, as far as they are wanted. */
final class ScoreOutput implements ScoreLog {

    private final boolean scores;
    private final boolean utilization;
    private final SimulateOutput out;
    private boolean notices = true;

    ScoreOutput(SimulateOptions options, SimulateOutput out) {
        this.scores = options.is(Flag.SHOW_SCORES);
        this.utilization = options.is(Flag.SHOW_UTILIZATION);
        this.out = out;
    }

    /** Shows no notices from now on. */
    void dropNotices() {
        notices = false;
    }

    @Override
    public boolean wantsScores() {
        return scores;
    }

    @Override
    public boolean wantsUtilization() {
        return utilization;
    }

    @Override
    public void take(Entry entry) {
        switch (entry) {
            case Allocation(String step, String resource, String node, int score) ->
                    out.entryAnyway(
                            entry.text(),
                            "node_weight",
                            "function",
                            step,
                            "node",
                            node,
                            "score",
                            Score.text(score),
                            "id",
                            resource);
            case Promotion promotion ->
                    out.entryAnyway(
                            entry.text(),
                            "promotion_score",
                            "id",
                            promotion.resource(),
                            "score",
                            Score.text(promotion.score()),
                            "node",
                            promotion.node());
            case Capacity(String moment, String node, Map<String, String> values) ->
                    show(
                            moment + ": " + node + " capacity:",
                            "capacity",
                            values,
                            "node",
                            node,
                            "comment",
                            moment);
            case Utilization(
                            String step,
                            String resource,
                            String node,
                            Map<String, String> values) ->
                    show(
                            step + ": " + resource + " utilization on " + node + ":",
                            "utilization",
                            values,
                            "resource",
                            resource,
                            "node",
                            node,
                            "function",
                            step);
            case Notice(String text) -> {
                if (notices) {
                    out.info(text);
                }
            }
        }
    }

    private void show(
            String begin, String tag, Map<String, String> values, String... namesAndValues) {
        if (out.isEnded()) {
            return;
        }
        List<String> names = HashOrder.of(values.keySet());
        XmlOutput xml = out.xml();
        if (xml == null) {
            StringBuilder line = new StringBuilder(begin);
            for (String name : names) {
                line.append(' ').append(name).append('=').append(values.get(name));
            }
            out.lists().item(line.toString());
            return;
        }
        XmlNode node = xml.push(tag);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            node.set(namesAndValues[i], namesAndValues[i + 1]);
        }
        for (String name : names) {
            xml.addText(name, values.getOrDefault(name, ""));
        }
        xml.pop();
    }
}

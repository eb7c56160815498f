package org.holdfast.scheduler.ordering;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.HeldOrderings;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.operations.Orderings;

/**
 * Probes that come before the stops which a start after the probe would bring about. In a chain of
 * resources these are as many as pairs of resources, and nearly all of the stops will not happen;
 * such orderings change no flags, so only those before stops that do happen are ever added.
 *
 * <p>Belongs to one run.
 */
final class ProbesBeforeRestarts implements HeldOrderings {

    private final Cluster cluster;
    private final List<Action> probes = new ArrayList<>();

    /** For each probe, numbers of stops; probes of one resource mostly share a set. */
    private final List<BitSet> stops = new ArrayList<>();

    /** Where a probe's entries begin; they are next to each other. */
    private final Map<Action, Integer> firstEntries = new LinkedHashMap<>();

    ProbesBeforeRestarts(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Takes note that a probe comes before stops; all of one probe's in a row.
     *
     * @param restarted their numbers; not changed afterwards
     */
    void hold(Action probe, BitSet restarted) {
        if (!restarted.isEmpty()) {
            firstEntries.putIfAbsent(probe, probes.size());
            probes.add(probe);
            stops.add(restarted);
        }
    }

    /** Adds the ordering of a probe and a stop if it is held, as another one will be added. */
    void settle(Action probe, Action stop) {
        Integer first = firstEntries.get(probe);
        if (first == null) {
            return;
        }
        for (int i = first; i < probes.size() && probes.get(i) == probe; i++) {
            if (stops.get(i).get(stop.id)) {
                Orderings.relate(probe, stop, OrderingFlag.ORDERED);
                return;
            }
        }
    }

    /**
     * Forgets what is held before a stop from probes that cannot come before it.
     *
     * @param invalid says of a probe whether it cannot; asked once for each that is held, the one
     *     that was held last first
     */
    void drop(Action stop, Predicate<Action> invalid) {
        for (int i = probes.size() - 1; i >= 0; i--) {
            if (stops.get(i).get(stop.id) && invalid.test(probes.get(i))) {
                Action probe = probes.get(i);
                for (int k = i; k >= 0 && probes.get(k) == probe; k--) {
                    BitSet others = (BitSet) stops.get(k).clone();
                    others.clear(stop.id);
                    stops.set(k, others);
                }
            }
        }
    }

    /** Adds the orderings before stops that are to be executed. */
    void settleRequired() {
        BitSet required = new BitSet();
        for (Action action : cluster.actions) {
            if (!action.isOptional() || action.is(ActionFlag.ALWAYS_IN_GRAPH)) {
                required.set(action.id);
            }
        }
        settle(required);
    }

    @Override
    public void settleAll() {
        BitSet all = new BitSet();
        cluster.actions.forEach(action -> all.set(action.id));
        settle(all);
    }

    private void settle(BitSet wanted) {
        Map<Integer, Action> byNumber = new TreeMap<>();
        for (Action action : cluster.actions) {
            if (wanted.get(action.id)) {
                byNumber.put(action.id, action);
            }
        }
        for (int i = 0; i < probes.size(); i++) {
            if (stops.get(i).intersects(wanted)) {
                BitSet settled = (BitSet) stops.get(i).clone();
                settled.and(wanted);
                for (int id = settled.nextSetBit(0); id >= 0; id = settled.nextSetBit(id + 1)) {
                    Orderings.relate(probes.get(i), byNumber.get(id), OrderingFlag.ORDERED);
                }
            }
        }
    }
}

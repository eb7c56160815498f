package org.holdfast.totem.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.sync.SyncMessage;
import org.holdfast.wire.totem.RingId;

/**
 * Runs the sync step of one node. All nodes first say which services they have; then, service by
 * service in order of number, each sends what the others need and a barrier, and goes on when it
 * has everybody's barrier.
 */
public final class SyncStep {

    private final SortedMap<Integer, Service> known = new TreeMap<>();
    private final int features;
    private final Port port;
    private final SortedSet<NodeId> waitingFor = new TreeSet<>();
    private final SortedSet<Integer> remaining = new TreeSet<>();
    private List<NodeId> transitional = List.of();
    private List<NodeId> members = List.of();
    private RingId ringId = new RingId(new NodeId(0), 0);
    private Phase phase = Phase.IDLE;
    private int commonFeatures;
    private boolean barrierSent;

    private enum Phase {
        IDLE,
        COLLECTING_SERVICES,
        AT_BARRIER
    }

    /** A service whose state nodes must agree on before the ring is used. */
    public interface Service {

        /** Its number. */
        int id();

        /**
         * A sync step begins.
         *
         * @param transitional who came along from this node's old ring
         */
        void init(List<NodeId> transitional, List<NodeId> members, RingId ringId);

        /** Sends what the others need. */
        void send();

        /** Whether the barrier may be passed; if not, {@link SyncStep#proceed} must follow. */
        default boolean isReady() {
            return true;
        }

        /** Everybody has everybody's state. */
        void activate();

        /** The ring broke before that. */
        void abort();
    }

    /** What the step needs around it. */
    public interface Port {
        /** Sends on the ring, in this step's queue. */
        void send(SyncMessage message);

        /** All services are synchronised. */
        void completed(RingId ringId, List<NodeId> members);
    }

    /**
     * Makes a step for these services.
     *
     * @param features what this node tells the others that it can do beyond Corosync
     */
    public SyncStep(List<Service> services, int features, Port port) {
        services.forEach(service -> known.put(service.id(), service));
        this.features = features;
        this.port = port;
    }

    /** Whether the step is running. */
    public boolean isRunning() {
        return phase != Phase.IDLE;
    }

    /** What all members can do beyond Corosync; known when the step has ended. */
    public boolean allHave(int feature) {
        return phase == Phase.IDLE && (commonFeatures & feature) != 0;
    }

    /** Notes who came along from the old ring; the regular configuration follows. */
    public void onTransitional(List<NodeId> nodes) {
        abort();
        transitional = nodes;
    }

    private void abort() {
        if (phase == Phase.AT_BARRIER) {
            Service current = known.get(remaining.first());
            if (current != null) {
                current.abort();
            }
        }
        phase = Phase.IDLE;
    }

    /** Begins the step for a new ring. */
    public void start(List<NodeId> newMembers, RingId newRingId) {
        abort();
        ringId = newRingId;
        members = newMembers;
        phase = Phase.COLLECTING_SERVICES;
        remaining.clear();
        remaining.addAll(known.keySet());
        waitingFor.clear();
        waitingFor.addAll(members);
        commonFeatures = features;
        port.send(new SyncMessage.ServiceBuild(ringId, new ArrayList<>(known.keySet()), features));
        List<NodeId> along = transitional.stream().filter(members::contains).toList();
        for (Service service : known.values()) {
            service.init(along, members, ringId);
        }
    }

    /** Takes a message of the step in total order. */
    public void onMessage(NodeId sender, SyncMessage message) {
        switch (message) {
            case SyncMessage.ServiceBuild build -> {
                if (phase == Phase.COLLECTING_SERVICES && build.ringId().equals(ringId)) {
                    remaining.addAll(build.services());
                    commonFeatures &= build.features();
                    if (allHaveSpoken(sender)) {
                        enterNextService();
                    }
                }
            }
            case SyncMessage.Barrier barrier -> {
                if (phase == Phase.AT_BARRIER
                        && barrier.ringId().equals(ringId)
                        && allHaveSpoken(sender)) {
                    Service service = known.get(remaining.removeFirst());
                    if (service != null) {
                        service.activate();
                    }
                    enterNextService();
                }
            }
            case SyncMessage.Malformed _ -> {
                // Counted by whoever decoded it.
            }
        }
    }

    private boolean allHaveSpoken(NodeId sender) {
        waitingFor.remove(sender);
        return waitingFor.isEmpty();
    }

    private void enterNextService() {
        if (remaining.isEmpty()) {
            phase = Phase.IDLE;
            port.completed(ringId, members);
            return;
        }
        phase = Phase.AT_BARRIER;
        waitingFor.addAll(members);
        barrierSent = false;
        Service service = known.get(remaining.first());
        if (service != null) {
            service.send();
        }
        proceed();
    }

    /** Sends this node's barrier if the service at hand held it back and does no longer. */
    public void proceed() {
        if (phase != Phase.AT_BARRIER || barrierSent) {
            return;
        }
        Service service = known.get(remaining.first());
        if (service == null || service.isReady()) {
            barrierSent = true;
            port.send(new SyncMessage.Barrier(ringId));
        }
    }
}

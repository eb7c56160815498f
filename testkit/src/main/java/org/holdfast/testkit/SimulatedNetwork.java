package org.holdfast.testkit;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.holdfast.kernel.SeededRandom;

/**
 * Carries datagrams between numbered nodes, and loses, doubles, delays and reorders them as told.
 * Without reordering each link keeps the order, as a switch does.
 */
public final class SimulatedNetwork {

    private final VirtualTime time;
    private final SeededRandom random;
    private final Receiver receiver;
    private final Set<Link> cut = new TreeSet<>();
    private final Map<Link, Long> lastArrival = new TreeMap<>();
    private final Map<Integer, Integer> bytesMaxTo = new TreeMap<>();
    private Quality quality = Quality.GOOD;
    private Loss loss = (from, to, datagram) -> false;
    private long sent;
    private long lost;
    private long doubled;
    private long reordered;

    /** One direction between two nodes. */
    private record Link(int from, int to) implements Comparable<Link> {
        @Override
        public int compareTo(Link other) {
            int byFrom = Integer.compare(from, other.from);
            return byFrom != 0 ? byFrom : Integer.compare(to, other.to);
        }
    }

    /**
     * How the network treats every datagram.
     *
     * @param loss probability that it is lost
     * @param duplication probability that it arrives twice
     * @param reordering probability that it may overtake or be overtaken
     * @param delayMinNanos the least time that it takes
     * @param delayMaxNanos the most
     */
    public record Quality(
            double loss,
            double duplication,
            double reordering,
            long delayMinNanos,
            long delayMaxNanos) {

        /** A quiet switch: 20 to 60 microseconds, nothing lost. */
        public static final Quality GOOD = new Quality(0, 0, 0, 20_000, 60_000);
    }

    /** Takes what arrives. */
    @FunctionalInterface
    public interface Receiver {
        /** A datagram has arrived; the array is the receiver's. */
        void arrive(int from, int to, byte[] datagram);
    }

    /** Chooses datagrams that are lost. */
    @FunctionalInterface
    public interface Loss {
        /** Whether this datagram is lost; it must not be changed. */
        boolean loses(int from, int to, byte[] datagram);
    }

    /** A network without faults. */
    public SimulatedNetwork(VirtualTime time, SeededRandom random, Receiver receiver) {
        this.time = time;
        this.random = random;
        this.receiver = receiver;
    }

    /** Sends a datagram; it is copied. */
    public void send(int from, int to, byte[] datagram) {
        sent++;
        boolean tooLong = datagram.length > bytesMaxTo.getOrDefault(to, Integer.MAX_VALUE);
        if (tooLong
                || cut.contains(new Link(from, to))
                || random.chance(quality.loss())
                || loss.loses(from, to, datagram)) {
            lost++;
            return;
        }
        carry(from, to, datagram);
        if (random.chance(quality.duplication())) {
            doubled++;
            carry(from, to, datagram);
        }
    }

    private void carry(int from, int to, byte[] datagram) {
        byte[] copy = datagram.clone();
        Link link = new Link(from, to);
        long arrival =
                time.nowNanos()
                        + random.nextBetween(quality.delayMinNanos(), quality.delayMaxNanos());
        if (random.chance(quality.reordering())) {
            reordered++;
            arrival += random.nextBetween(0, 4 * quality.delayMaxNanos());
        } else {
            arrival = Math.max(arrival, lastArrival.getOrDefault(link, 0L));
            lastArrival.put(link, arrival);
        }
        // What is on the way when a cable is cut does not arrive either.
        time.at(
                arrival,
                () -> {
                    if (cut.contains(link)) {
                        lost++;
                    } else {
                        receiver.arrive(from, to, copy);
                    }
                });
    }

    /** Changes how all datagrams are treated from now on. */
    public void setQuality(Quality newQuality) {
        quality = newQuality;
    }

    /** Loses chosen datagrams from now on, beside what is lost by chance. */
    public void setLoss(Loss chosen) {
        loss = chosen;
    }

    /** Cuts or mends one direction. */
    public void setCut(int from, int to, boolean isCut) {
        if (isCut) {
            cut.add(new Link(from, to));
        } else {
            cut.remove(new Link(from, to));
        }
    }

    /** Loses all datagrams to a node that are longer than this, as a link of too small an MTU. */
    public void setBytesMax(int to, int bytesMax) {
        bytesMaxTo.put(to, bytesMax);
    }

    /** Mends everything. */
    public void mendAll() {
        cut.clear();
        bytesMaxTo.clear();
    }

    /** Whether this direction is cut. */
    public boolean isCut(int from, int to) {
        return cut.contains(new Link(from, to));
    }

    /** Datagrams sent so far. */
    public long sent() {
        return sent;
    }

    /** Datagrams lost so far. */
    public long lost() {
        return lost;
    }

    /** Datagrams doubled so far. */
    public long doubled() {
        return doubled;
    }

    /** Datagrams sent out of order so far. */
    public long reordered() {
        return reordered;
    }
}

package org.holdfast.totem.layer;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.holdfast.simulator.faults.Historical;
import org.holdfast.simulator.faults.Instead;
import org.holdfast.simulator.faults.Instead.Place;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.TotemConfig;
import org.holdfast.totem.groups.OutgoingQueue;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.OrfToken;
import org.holdfast.wire.totem.TotemCodec;

/** Faults in what stands on the ring, and in how datagrams come to it. */
public final class LayerFaults {

    private LayerFaults() {}

    static Object read(Object object, String name) {
        try {
            Field field = object.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(object);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static void write(Object object, String name, Object value) {
        try {
            Field field = object.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(object, value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The token is worked on before the messages that came before it. */
    @Historical(
            numbers = 11,
            check = "FaultScenariosTest.messagesInTheSocketAreNotAskedForAgain",
            caughtBy = "messages asked for again")
    static final class TokenOvertakesMessagesInTheSocket {
        @Instead(of = ClusterInput.Datagrams.class, name = "datagrams", in = ClusterLayer.class)
        static List<byte[]> datagrams(ClusterInput.Datagrams all) {
            List<byte[]> sorted = new ArrayList<>();
            List<byte[]> others = new ArrayList<>();
            for (byte[] datagram : all.datagrams()) {
                boolean token = TotemCodec.decode(datagram) instanceof OrfToken;
                (token ? sorted : others).add(datagram);
            }
            sorted.addAll(others);
            return sorted;
        }
    }

    /** Ordinary messages are sent while the sync step runs. */
    @Historical(numbers = 19, check = "Seeds.play", caughtBy = "virtual synchrony")
    static final class MessagesJumpTheSyncBarrier {
        @Instead(of = Services.class, name = "backlogPackets", place = Place.BODY)
        static int backlogPackets(Services services) {
            return queue(services, "ordinary").backlogPackets()
                    + queue(services, "ofSync").backlogPackets();
        }

        @Instead(of = Services.class, name = "nextPacket", place = Place.BODY)
        static Mcast nextPacket(Services services) {
            OutgoingQueue ordinary = queue(services, "ordinary");
            return ordinary.backlogPackets() > 0
                    ? ordinary.nextPacket()
                    : queue(services, "ofSync").nextPacket();
        }

        private static OutgoingQueue queue(Services services, String name) {
            return (OutgoingQueue) read(services, name);
        }
    }

    /** Packets leave no room for the header that recovery puts before them. */
    @Historical(numbers = 24, check = "Seeds.play", caughtBy = "sent a datagram of")
    static final class RecoveryHasNoRoomForItsHeader {
        @Instead(
                of = TotemConfig.class,
                name = "udpIpHeaderBytes",
                in = Services.class,
                within = "<init>")
        static int udpIpHeaderBytes(TotemConfig config) {
            return config.udpIpHeaderBytes() - Mcast.HEADER_BYTES;
        }
    }

    /** A message that starts again goes on with the number of its last fragment. */
    @Historical(numbers = 25, check = "Seeds.play", caughtBy = "damaged message")
    static final class MessageThatStartsAgainIsTakenForTheRest {
        @Instead(of = OutgoingQueue.class, name = "restartIfCut")
        static void restartIfCut(OutgoingQueue queue) {
            if ((Boolean) read(queue, "restFromOlderRing")) {
                long waiting = (Long) read(queue, "waitingBytes");
                write(queue, "waitingBytes", waiting + (Integer) read(queue, "sentBytes"));
                write(queue, "sentBytes", 0);
                write(queue, "restFromOlderRing", false);
            }
        }
    }
}

package org.holdfast.totem.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.wire.groups.Packing;
import org.holdfast.wire.totem.Mcast;
import org.junit.jupiter.api.Test;

/** What goes into a queue comes out of an assembler: 105f3ae9 and its like did not hold that. */
class PackingRoundTripTest {

    private static final NodeId SENDER = new NodeId(7);

    @Test
    void messagesOfAllSizesComeOutWholeAndInOrder() {
        for (long seed = 1; seed <= 300; seed++) {
            SeededRandom random = new SeededRandom(seed);
            int packetBytes = (int) random.nextBetween(40, 1500);
            OutgoingQueue queue = new OutgoingQueue(SENDER, packetBytes);
            List<byte[]> sent = new ArrayList<>();
            List<byte[]> received = new ArrayList<>();
            Assembler assembler = assemblerInto(received);
            for (int round = 0; round < 30; round++) {
                for (int i = random.nextInt(6); i > 0; i--) {
                    byte[] head = randomBytes(random, 1 + random.nextInt(60));
                    byte[] body = randomBytes(random, random.nextInt(4) == 0 ? 9000 : 100);
                    queue.add(head, body);
                    sent.add(concat(head, body));
                }
                for (int i = random.nextInt(8); i > 0 && queue.backlogPackets() > 0; i--) {
                    assembler.onPacket(checked(queue.nextPacket(), packetBytes));
                }
            }
            while (queue.backlogPackets() > 0) {
                assembler.onPacket(checked(queue.nextPacket(), packetBytes));
            }

            assertThat(received.size()).as("seed " + seed).isEqualTo(sent.size());
            for (int i = 0; i < sent.size(); i++) {
                assertThat(received.get(i)).as("seed " + seed).isEqualTo(sent.get(i));
            }
            assertThat(queue.waitingBytes()).isZero();
            assertThat(assembler.fragmentsLost()).isZero();
        }
    }

    @Test
    void aMessageThatFitsIntoAPacketIsNeverCut() {
        OutgoingQueue queue = new OutgoingQueue(SENDER, 1000);
        for (int i = 0; i < 10; i++) {
            queue.add(new byte[700]);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(packing(queue.nextPacket()).fragmented()).isZero();
        }
        assertThat(queue.backlogPackets()).isZero();
    }

    @Test
    void aNodeThatIsNewInTheRingLosesOnlyTheMessageWhoseBeginningItMissed() {
        OutgoingQueue queue = new OutgoingQueue(SENDER, 1000);
        queue.add(filled(2500, 1));
        queue.add(filled(10, 2));
        List<byte[]> old = new ArrayList<>();
        List<byte[]> fresh = new ArrayList<>();
        Assembler oldMember = assemblerInto(old);
        oldMember.onPacket(queue.nextPacket());

        queue.ringChanged();
        Assembler newMember = assemblerInto(fresh);
        while (queue.backlogPackets() > 0) {
            Mcast packet = queue.nextPacket();
            assertThat(packing(packet).pieces()).as("the rest travels alone").isEqualTo(1);
            oldMember.onPacket(packet);
            newMember.onPacket(packet);
        }

        assertThat(old).containsExactly(filled(2500, 1), filled(10, 2));
        assertThat(fresh).containsExactly(filled(10, 2));
    }

    /** As Corosync's receivers do: those who came at once must lack the same. */
    @Test
    void aNewNodeDropsAllUpToThePacketThatEndsWithAWholeMessage() {
        OutgoingQueue queue = new OutgoingQueue(SENDER, 1000);
        queue.add(filled(1500, 1));
        queue.add(filled(300, 2));
        queue.add(filled(1500, 3));
        queue.add(filled(10, 4));
        List<byte[]> fresh = new ArrayList<>();
        Assembler newMember = assemblerInto(fresh);
        queue.nextPacket();
        // The rest of the first, the whole second and the beginning of the third message.
        Mcast packet = queue.nextPacket();
        assertThat(packing(packet).pieces()).isEqualTo(3);
        newMember.onPacket(packet);
        queue.add(filled(20, 5));
        while (queue.backlogPackets() > 0) {
            newMember.onPacket(queue.nextPacket());
        }
        queue.add(filled(30, 6));
        newMember.onPacket(queue.nextPacket());

        assertThat(fresh).containsExactly(filled(30, 6));
    }

    @Test
    void amongOurselvesACutMessageStartsAgainAndReachesAll() {
        OutgoingQueue queue = new OutgoingQueue(SENDER, 1000);
        queue.add(filled(2500, 1));
        List<byte[]> old = new ArrayList<>();
        List<byte[]> fresh = new ArrayList<>();
        Assembler oldMember = assemblerInto(old);
        oldMember.onPacket(queue.nextPacket());

        queue.ringChanged();
        queue.restartIfCut();
        Assembler newMember = assemblerInto(fresh);
        while (queue.backlogPackets() > 0) {
            Mcast packet = queue.nextPacket();
            oldMember.onPacket(packet);
            newMember.onPacket(packet);
        }

        assertThat(old).containsExactly(filled(2500, 1));
        assertThat(fresh).containsExactly(filled(2500, 1));
    }

    private static Mcast checked(Mcast packet, int packetBytes) {
        assertThat(packet.payloadBytes()).isLessThanOrEqualTo(packetBytes + Packing.HEADER_BYTES);
        return packet;
    }

    private static Packing packing(Mcast packet) {
        return ((Packing.Result.Valid)
                        Packing.decode(packet.frame(), Mcast.HEADER_BYTES, packet.payloadBytes()))
                .packing();
    }

    private static Assembler assemblerInto(List<byte[]> received) {
        return new Assembler((sender, bytes, offset, length) ->
                received.add(Arrays.copyOfRange(bytes, offset, offset + length)));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] randomBytes(SeededRandom random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static byte[] concat(byte[] head, byte[] body) {
        byte[] whole = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }
}

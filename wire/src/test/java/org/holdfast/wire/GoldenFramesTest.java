package org.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.holdfast.testkit.Captures;
import org.holdfast.wire.cfg.CfgMessage;
import org.holdfast.wire.cmap.CmapMessage;
import org.holdfast.wire.cpg.CpgCodec;
import org.holdfast.wire.cpg.CpgMessage;
import org.holdfast.wire.groups.GroupAddress;
import org.holdfast.wire.groups.Packing;
import org.holdfast.wire.service.ServiceId;
import org.holdfast.wire.service.ServiceMessage;
import org.holdfast.wire.sync.SyncMessage;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.TotemCodec;
import org.holdfast.wire.totem.TotemMessage;
import org.holdfast.wire.votequorum.VotequorumMessage;
import org.junit.jupiter.api.Test;

/** Every byte that real nodes sent is understood and made again, down to the service messages. */
class GoldenFramesTest {

    @Test
    void everyFrameOfTheProjectIsMadeAgainByteForByte() {
        Map<String, Integer> seen = checkAll(Captures.ofProject());

        assertThat(seen.keySet())
                .contains(
                        "OrfToken",
                        "Mcast",
                        "MergeDetect",
                        "MembJoin",
                        "CommitToken",
                        "TokenHoldCancel",
                        "Barrier",
                        "ServiceBuild",
                        "NodeInfo",
                        "Items",
                        "DownList",
                        "Multicast",
                        "ProcessJoin");
    }

    @Test
    void everyRecordedFrameIsMadeAgainByteForByte() {
        List<Path> recordings = Captures.recordings();
        assumeFalse(recordings.isEmpty(), "no recordings beside the project");

        for (Path recording : recordings) {
            Map<String, Integer> seen = checkAll(Captures.read(recording));

            assertThat(seen).as(recording.toString()).isNotEmpty();
        }
    }

    private static Map<String, Integer> checkAll(List<byte[]> frames) {
        Map<String, Integer> seen = new TreeMap<>();
        Map<String, byte[]> fragments = new TreeMap<>();
        Set<String> known = new HashSet<>();
        for (byte[] frame : frames) {
            TotemMessage message = TotemCodec.decode(frame.clone());
            assertThat(message).isNotInstanceOf(TotemMessage.Malformed.class);
            assertThat(TotemCodec.encode(message)).isEqualTo(frame);
            seen.merge(message.getClass().getSimpleName(), 1, Integer::sum);
            if (message instanceof Mcast mcast) {
                checkMcastHeader(mcast);
                if (!mcast.encapsulated() && known.add(mcast.ringId() + " " + mcast.sequence())) {
                    checkPacking(mcast, fragments, seen);
                }
            }
        }
        return seen;
    }

    private static void checkMcastHeader(Mcast mcast) {
        Mcast made = Mcast.allocate(mcast.from(), mcast.encapsulated(), mcast.payloadBytes());
        made.number(mcast.ringId(), mcast.sequence(), mcast.originSequence());
        byte[] header = Arrays.copyOf(made.frame(), Mcast.HEADER_BYTES);

        byte[] expected = Arrays.copyOf(mcast.frame(), Mcast.HEADER_BYTES);
        Arrays.fill(expected, 9, 13, (byte) 0);
        assertThat(header).isEqualTo(expected);
    }

    private static void checkPacking(
            Mcast mcast, Map<String, byte[]> fragments, Map<String, Integer> seen) {
        byte[] frame = mcast.frame();
        Packing.Result result =
                Packing.decode(frame, Mcast.HEADER_BYTES, frame.length - Mcast.HEADER_BYTES);
        assertThat(result).isInstanceOf(Packing.Result.Valid.class);
        Packing packing = ((Packing.Result.Valid) result).packing();
        int[] lengths = new int[packing.pieces()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = packing.pieceBytes(i);
        }
        byte[] again = frame.clone();
        Packing.encodeHeader(
                again,
                Mcast.HEADER_BYTES,
                packing.fragmented(),
                packing.continuation(),
                lengths,
                lengths.length);
        assertThat(again).isEqualTo(frame);

        int at = packing.firstPieceOffset();
        for (int i = 0; i < lengths.length; i++) {
            byte[] piece = Arrays.copyOfRange(frame, at, at + lengths[i]);
            at += lengths[i];
            if (i == 0 && packing.continuation() != 0) {
                // The project keeps single frames: only the very next packet continues a fragment.
                byte[] head = fragments.remove(mcast.from() + " " + (mcast.originSequence() - 1));
                if (head == null) {
                    continue;
                }
                piece = concat(head, piece);
            }
            if (i == lengths.length - 1 && packing.fragmented() != 0) {
                fragments.put(mcast.from() + " " + mcast.originSequence(), piece);
            } else {
                checkMessage(piece, seen);
            }
        }
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        byte[] whole = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, whole, head.length, tail.length);
        return whole;
    }

    private static void checkMessage(byte[] message, Map<String, Integer> seen) {
        int body = GroupAddress.bodyOffset(message, 0, message.length);
        assertThat(body).isPositive();
        byte[] again;
        Object decoded;
        int length = message.length - body;
        if (GroupAddress.names(message, 0, GroupAddress.SYNC)) {
            SyncMessage sync = SyncMessage.decode(message, body, length);
            again = SyncMessage.encode(sync, body);
            GroupAddress.write(again, 0, GroupAddress.SYNC);
            decoded = sync;
        } else {
            assertThat(GroupAddress.names(message, 0, GroupAddress.SERVICES)).isTrue();
            int service = ServiceId.serviceOf(ServiceMessage.id(message, body));
            switch (service) {
                case ServiceId.CPG -> {
                    CpgMessage cpg = CpgCodec.decode(message, body, length);
                    again = CpgCodec.encode(cpg, body);
                    if (cpg instanceof CpgMessage.Multicast multicast) {
                        int header = body + CpgCodec.MULTICAST_HEADER_BYTES;
                        assertThat(multicast.payloadOffset()).isEqualTo(header);
                        again =
                                concat(
                                        again,
                                        Arrays.copyOfRange(
                                                message,
                                                header,
                                                header + multicast.payloadBytes()));
                    }
                    decoded = cpg;
                }
                case ServiceId.VOTEQUORUM -> {
                    VotequorumMessage quorum = VotequorumMessage.decode(message, body, length);
                    again = VotequorumMessage.encode(quorum, body);
                    decoded = quorum;
                }
                case ServiceId.CMAP -> {
                    CmapMessage cmap = CmapMessage.decode(message, body, length);
                    assertThat(cmap).isInstanceOf(CmapMessage.Items.class);
                    again = CmapMessage.encode((CmapMessage.Items) cmap, body);
                    decoded = cmap;
                }
                default -> {
                    assertThat(service).isEqualTo(ServiceId.CFG);
                    CfgMessage cfg = CfgMessage.decode(message, body, length);
                    again = CfgMessage.encode(cfg, body);
                    decoded = cfg;
                }
            }
            GroupAddress.write(again, 0, GroupAddress.SERVICES);
        }
        assertThat(HexFormat.of().formatHex(again))
                .as(decoded.toString())
                .isEqualTo(HexFormat.of().formatHex(message));
        seen.merge(decoded.getClass().getSimpleName(), 1, Integer::sum);
    }
}

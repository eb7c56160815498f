package org.holdfast.wire.totem;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.simulator.faults.Historical;
import org.holdfast.simulator.faults.Instead;
import org.holdfast.simulator.faults.Instead.Place;
import org.holdfast.wire.bytes.LittleEndian;

/** Decoders that believe what a datagram says of its length. */
public final class LengthFaults {

    private LengthFaults() {}

    /** CVE-2026-35092. */
    @Historical(
            numbers = 27,
            check = "FaultScenariosTest.datagramsThatLieAboutTheirLengthAreDropped",
            caughtBy = "IndexOutOfBounds")
    static final class JoinIsNotMeasured {
        @Instead(of = TotemCodec.class, name = "decodeJoin", place = Place.BODY)
        static TotemMessage decodeJoin(byte[] frame) {
            int count = LittleEndian.i32(frame, FrameHeader.BYTES + 4);
            List<NodeId> nodes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                nodes.add(new NodeId(LittleEndian.i32(frame, MembJoin.FIXED_BYTES + 4 * i)));
            }
            return new MembJoin(
                    FrameHeader.read(frame),
                    new NodeId(LittleEndian.i32(frame, FrameHeader.BYTES)),
                    nodes,
                    List.of(),
                    LittleEndian.i64(frame, FrameHeader.BYTES + 12));
        }
    }

    /** CVE-2026-35091. */
    @Historical(
            numbers = 27,
            check = "FaultScenariosTest.datagramsThatLieAboutTheirLengthAreDropped",
            caughtBy = "IndexOutOfBounds")
    static final class CommitTokenIsNotMeasured {
        @Instead(of = TotemCodec.class, name = "decodeCommitToken", place = Place.BODY)
        static TotemMessage decodeCommitToken(byte[] frame) {
            int count = LittleEndian.i32(frame, FrameHeader.BYTES + 24);
            int entries = CommitToken.FIXED_BYTES + 4 * count;
            List<CommitToken.Member> members = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int at = entries + i * CommitToken.Member.ENTRY_BYTES;
                members.add(
                        new CommitToken.Member(
                                new NodeId(
                                        LittleEndian.i32(frame, CommitToken.FIXED_BYTES + 4 * i)),
                                RingIds.read(frame, at),
                                LittleEndian.i32(frame, at + 12),
                                LittleEndian.i32(frame, at + 16),
                                LittleEndian.i32(frame, at + 20)));
            }
            return new CommitToken(
                    FrameHeader.read(frame),
                    LittleEndian.i32(frame, FrameHeader.BYTES),
                    RingIds.read(frame, FrameHeader.BYTES + 4),
                    LittleEndian.i32(frame, FrameHeader.BYTES + 16),
                    LittleEndian.i32(frame, FrameHeader.BYTES + 20),
                    members);
        }
    }
}

package org.holdfast.wire.totem;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.bytes.LittleEndian;
import org.holdfast.wire.totem.TotemMessage.Malformed;

/**
 * Turns datagrams into ring messages and back. Decoding never throws: what is not exactly a message
 * is {@link Malformed}. Layouts: Corosync 3.1, exec/totemsrp.c.
 */
public final class TotemCodec {

    /** Largest datagram that is looked at. */
    public static final int FRAME_BYTES_MAX = 65_536;

    private static final int BODY = FrameHeader.BYTES;

    private TotemCodec() {}

    /**
     * Reads a datagram.
     *
     * @param frame exactly the datagram; an {@link Mcast} keeps it
     */
    public static TotemMessage decode(byte[] frame) {
        if (frame.length < FrameHeader.BYTES || frame.length > FRAME_BYTES_MAX) {
            return new Malformed("datagram of " + frame.length + " bytes");
        }
        int magic = LittleEndian.u16(frame, 0);
        if (magic != FrameHeader.MAGIC) {
            return new Malformed(
                    magic == FrameHeader.SWAPPED_MAGIC
                            ? "sent by a big-endian node, which is not supported"
                            : "bad magic number %04x".formatted(magic));
        }
        if (FrameHeader.version(frame) != FrameHeader.VERSION) {
            return new Malformed("unsupported version " + FrameHeader.version(frame));
        }
        return switch (FrameHeader.type(frame)) {
            case FrameHeader.TYPE_ORF_TOKEN -> decodeToken(frame);
            case FrameHeader.TYPE_MCAST ->
                    frame.length < Mcast.HEADER_BYTES ? tooShort("mcast", frame) : new Mcast(frame);
            case FrameHeader.TYPE_MERGE_DETECT -> decodeMergeDetect(frame);
            case FrameHeader.TYPE_JOIN -> decodeJoin(frame);
            case FrameHeader.TYPE_COMMIT_TOKEN -> decodeCommitToken(frame);
            case FrameHeader.TYPE_HOLD_CANCEL -> decodeHoldCancel(frame);
            default -> new Malformed("unknown type " + FrameHeader.type(frame));
        };
    }

    /**
     * Writes a message.
     *
     * @throws IllegalArgumentException for {@link Malformed}
     */
    public static byte[] encode(TotemMessage message) {
        return switch (message) {
            case OrfToken token -> encodeToken(token);
            case Mcast mcast -> mcast.frame();
            case MergeDetect merge -> encodeMergeDetect(merge);
            case MembJoin join -> encodeJoin(join);
            case CommitToken token -> encodeCommitToken(token);
            case TokenHoldCancel cancel -> encodeHoldCancel(cancel);
            case Malformed malformed ->
                    throw new IllegalArgumentException("not a message: " + malformed.reason());
        };
    }

    private static Malformed tooShort(String what, byte[] frame) {
        return new Malformed(what + " of " + frame.length + " bytes is too short");
    }

    private static TotemMessage decodeToken(byte[] frame) {
        if (frame.length < OrfToken.FIXED_BYTES) {
            return tooShort("orf_token", frame);
        }
        int count = LittleEndian.i32(frame, BODY + 40);
        if (count < 0 || count > OrfToken.REQUESTS_MAX) {
            return new Malformed("orf_token with " + count + " retransmit entries");
        }
        if (frame.length < OrfToken.FIXED_BYTES + count * RetransmitRequest.BYTES) {
            return tooShort("orf_token", frame);
        }
        List<RetransmitRequest> requests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int at = OrfToken.FIXED_BYTES + i * RetransmitRequest.BYTES;
            requests.add(
                    new RetransmitRequest(
                            RingIds.read(frame, at), LittleEndian.i32(frame, at + RingIds.BYTES)));
        }
        return new OrfToken(
                FrameHeader.read(frame),
                LittleEndian.i32(frame, BODY),
                LittleEndian.i32(frame, BODY + 4),
                LittleEndian.i32(frame, BODY + 8),
                LittleEndian.i32(frame, BODY + 12),
                RingIds.read(frame, BODY + 16),
                LittleEndian.i32(frame, BODY + 28),
                LittleEndian.i32(frame, BODY + 32),
                LittleEndian.i32(frame, BODY + 36),
                requests);
    }

    private static byte[] encodeToken(OrfToken token) {
        List<RetransmitRequest> requests = token.requests();
        byte[] frame = new byte[OrfToken.FIXED_BYTES + requests.size() * RetransmitRequest.BYTES];
        token.header().write(frame, FrameHeader.TYPE_ORF_TOKEN, FrameHeader.NOT_APPLICABLE);
        LittleEndian.put32(frame, BODY, token.sequence());
        LittleEndian.put32(frame, BODY + 4, token.tokenSequence());
        LittleEndian.put32(frame, BODY + 8, token.aru());
        LittleEndian.put32(frame, BODY + 12, token.aruNode());
        RingIds.write(frame, BODY + 16, token.ringId());
        LittleEndian.put32(frame, BODY + 28, token.backlog());
        LittleEndian.put32(frame, BODY + 32, token.flowControlCount());
        LittleEndian.put32(frame, BODY + 36, token.retransmitFlag());
        LittleEndian.put32(frame, BODY + 40, requests.size());
        int at = OrfToken.FIXED_BYTES;
        for (RetransmitRequest request : requests) {
            RingIds.write(frame, at, request.ringId());
            LittleEndian.put32(frame, at + RingIds.BYTES, request.sequence());
            at += RetransmitRequest.BYTES;
        }
        return frame;
    }

    private static TotemMessage decodeMergeDetect(byte[] frame) {
        if (frame.length < MergeDetect.BYTES) {
            return tooShort("memb_merge_detect", frame);
        }
        return new MergeDetect(
                FrameHeader.read(frame),
                new NodeId(LittleEndian.i32(frame, BODY)),
                RingIds.read(frame, BODY + 4));
    }

    private static byte[] encodeMergeDetect(MergeDetect merge) {
        byte[] frame = new byte[MergeDetect.BYTES];
        merge.header().write(frame, FrameHeader.TYPE_MERGE_DETECT, FrameHeader.NOT_APPLICABLE);
        LittleEndian.put32(frame, BODY, merge.from().value());
        RingIds.write(frame, BODY + 4, merge.ringId());
        return frame;
    }

    private static TotemMessage decodeHoldCancel(byte[] frame) {
        if (frame.length < TokenHoldCancel.BYTES) {
            return tooShort("token_hold_cancel", frame);
        }
        return new TokenHoldCancel(FrameHeader.read(frame), RingIds.read(frame, BODY));
    }

    private static byte[] encodeHoldCancel(TokenHoldCancel cancel) {
        byte[] frame = new byte[TokenHoldCancel.BYTES];
        cancel.header().write(frame, FrameHeader.TYPE_HOLD_CANCEL, FrameHeader.NOT_APPLICABLE);
        RingIds.write(frame, BODY, cancel.ringId());
        return frame;
    }

    private static TotemMessage decodeJoin(byte[] frame) {
        if (frame.length < MembJoin.FIXED_BYTES) {
            return tooShort("memb_join", frame);
        }
        int processors = LittleEndian.i32(frame, BODY + 4);
        int failed = LittleEndian.i32(frame, BODY + 8);
        if (processors < 0
                || processors > MembJoin.NODES_MAX
                || failed < 0
                || failed > MembJoin.NODES_MAX) {
            return new Malformed("memb_join with " + processors + " and " + failed + " nodes");
        }
        if (frame.length < MembJoin.FIXED_BYTES + 4 * (processors + failed)) {
            return tooShort("memb_join", frame);
        }
        int at = MembJoin.FIXED_BYTES;
        return new MembJoin(
                FrameHeader.read(frame),
                new NodeId(LittleEndian.i32(frame, BODY)),
                readNodes(frame, at, processors),
                readNodes(frame, at + 4 * processors, failed),
                LittleEndian.i64(frame, BODY + 12));
    }

    private static byte[] encodeJoin(MembJoin join) {
        int processors = join.processors().size();
        int failed = join.failed().size();
        byte[] frame = new byte[MembJoin.FIXED_BYTES + 4 * (processors + failed)];
        join.header().write(frame, FrameHeader.TYPE_JOIN, FrameHeader.NOT_APPLICABLE);
        LittleEndian.put32(frame, BODY, join.from().value());
        LittleEndian.put32(frame, BODY + 4, processors);
        LittleEndian.put32(frame, BODY + 8, failed);
        LittleEndian.put64(frame, BODY + 12, join.ringSequence());
        writeNodes(frame, MembJoin.FIXED_BYTES, join.processors());
        writeNodes(frame, MembJoin.FIXED_BYTES + 4 * processors, join.failed());
        return frame;
    }

    private static TotemMessage decodeCommitToken(byte[] frame) {
        if (frame.length < CommitToken.FIXED_BYTES) {
            return tooShort("memb_commit_token", frame);
        }
        int index = LittleEndian.i32(frame, BODY + 20);
        int count = LittleEndian.i32(frame, BODY + 24);
        if (count < 1 || count > CommitToken.MEMBERS_MAX || index < 0 || index > count) {
            return new Malformed("memb_commit_token with member " + index + " of " + count);
        }
        int entries = CommitToken.FIXED_BYTES + count * CommitToken.Member.ADDRESS_BYTES;
        if (frame.length < entries + count * CommitToken.Member.ENTRY_BYTES) {
            return tooShort("memb_commit_token", frame);
        }
        List<CommitToken.Member> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int at = entries + i * CommitToken.Member.ENTRY_BYTES;
            members.add(
                    new CommitToken.Member(
                            new NodeId(LittleEndian.i32(frame, CommitToken.FIXED_BYTES + 4 * i)),
                            RingIds.read(frame, at),
                            LittleEndian.i32(frame, at + 12),
                            LittleEndian.i32(frame, at + 16),
                            LittleEndian.i32(frame, at + 20)));
        }
        return new CommitToken(
                FrameHeader.read(frame),
                LittleEndian.i32(frame, BODY),
                RingIds.read(frame, BODY + 4),
                LittleEndian.i32(frame, BODY + 16),
                index,
                members);
    }

    private static byte[] encodeCommitToken(CommitToken token) {
        int count = token.members().size();
        int entries = CommitToken.FIXED_BYTES + count * CommitToken.Member.ADDRESS_BYTES;
        byte[] frame = new byte[entries + count * CommitToken.Member.ENTRY_BYTES];
        token.header().write(frame, FrameHeader.TYPE_COMMIT_TOKEN, FrameHeader.NOT_APPLICABLE);
        LittleEndian.put32(frame, BODY, token.tokenSequence());
        RingIds.write(frame, BODY + 4, token.ringId());
        LittleEndian.put32(frame, BODY + 16, token.retransmitFlag());
        LittleEndian.put32(frame, BODY + 20, token.memberIndex());
        LittleEndian.put32(frame, BODY + 24, count);
        for (int i = 0; i < count; i++) {
            CommitToken.Member member = token.members().get(i);
            int at = entries + i * CommitToken.Member.ENTRY_BYTES;
            LittleEndian.put32(frame, CommitToken.FIXED_BYTES + 4 * i, member.node().value());
            RingIds.write(frame, at, member.oldRingId());
            LittleEndian.put32(frame, at + 12, member.aru());
            LittleEndian.put32(frame, at + 16, member.highDelivered());
            LittleEndian.put32(frame, at + 20, member.received());
        }
        return frame;
    }

    private static List<NodeId> readNodes(byte[] frame, int from, int count) {
        List<NodeId> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            nodes.add(new NodeId(LittleEndian.i32(frame, from + 4 * i)));
        }
        return nodes;
    }

    private static void writeNodes(byte[] frame, int from, List<NodeId> nodes) {
        int at = from;
        for (NodeId node : nodes) {
            LittleEndian.put32(frame, at, node.value());
            at += 4;
        }
    }
}

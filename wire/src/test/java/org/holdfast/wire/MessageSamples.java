package org.holdfast.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.cfg.CfgMessage;
import org.holdfast.wire.cmap.CmapMessage;
import org.holdfast.wire.cpg.CpgCodec;
import org.holdfast.wire.cpg.CpgMessage;
import org.holdfast.wire.cpg.CpgName;
import org.holdfast.wire.groups.GroupAddress;
import org.holdfast.wire.groups.Packing;
import org.holdfast.wire.pacemaker.PacemakerAddress;
import org.holdfast.wire.pacemaker.PacemakerFrame;
import org.holdfast.wire.sync.SyncMessage;
import org.holdfast.wire.totem.CommitToken;
import org.holdfast.wire.totem.FrameHeader;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.MembJoin;
import org.holdfast.wire.totem.MergeDetect;
import org.holdfast.wire.totem.OrfToken;
import org.holdfast.wire.totem.RetransmitRequest;
import org.holdfast.wire.totem.RingId;
import org.holdfast.wire.totem.TokenHoldCancel;
import org.holdfast.wire.totem.TotemCodec;
import org.holdfast.wire.votequorum.VotequorumMessage;

/**
 * A datagram of every kind of message that there is, those that recordings rarely have included.
 */
final class MessageSamples {

    private static final NodeId NODE = new NodeId(2);
    private static final RingId RING = new RingId(new NodeId(1), 40);
    private static final CpgName GROUP = new CpgName("group", 0);

    private MessageSamples() {}

    static List<byte[]> all() {
        List<byte[]> frames = new ArrayList<>();
        FrameHeader header = FrameHeader.from(NODE);
        RetransmitRequest request = new RetransmitRequest(RING, 17);
        CommitToken.Member member = new CommitToken.Member(NODE, RING, 3, 3, 1);
        frames.add(
                TotemCodec.encode(
                        new OrfToken(
                                header, 20, 9, 16, 2, RING, 3, 4, 1, List.of(request, request))));
        frames.add(
                TotemCodec.encode(new CommitToken(header, 1, RING, 0, 1, List.of(member, member))));
        frames.add(
                TotemCodec.encode(
                        new MembJoin(
                                header, NODE, List.of(NODE, new NodeId(1)), List.of(NODE), 44)));
        frames.add(TotemCodec.encode(new MergeDetect(header, NODE, RING)));
        frames.add(TotemCodec.encode(new TokenHoldCancel(header, RING)));
        for (byte[] service : services()) {
            frames.add(packed(GroupAddress.SERVICES, service));
            frames.add(packed(GroupAddress.SYNC, service));
        }
        frames.add(Mcast.encapsulate(NODE, new Mcast(frames.getLast())).frame());
        return frames;
    }

    private static List<byte[]> services() {
        List<byte[]> all = new ArrayList<>();
        all.add(CfgMessage.encode(new CfgMessage.RingReenable(NODE, 1), 0));
        all.add(CfgMessage.encode(new CfgMessage.KillNode(NODE, "reason"), 0));
        all.add(CfgMessage.encode(new CfgMessage.Shutdown(), 0));
        all.add(CfgMessage.encode(new CfgMessage.Reload(NODE, 1), 0));
        all.add(CfgMessage.encode(new CfgMessage.CryptoReconfigure(1), 0));
        all.add(
                CmapMessage.encode(
                        new CmapMessage.Items(
                                CmapMessage.Items.REASON_SYNC,
                                List.of(
                                        new CmapMessage.Item(
                                                "totem.config_version",
                                                CmapMessage.Item.TYPE_UINT64,
                                                new byte[8]))),
                        0));
        all.add(VotequorumMessage.encode(new VotequorumMessage.NodeInfo(NODE, 1, 3, 1), 0));
        all.add(VotequorumMessage.encode(new VotequorumMessage.Reconfigure(NODE, 1, 1), 0));
        all.add(VotequorumMessage.encode(new VotequorumMessage.DeviceRegister(1, "device"), 0));
        all.add(VotequorumMessage.encode(new VotequorumMessage.DeviceRename("old", "new"), 0));
        all.add(CpgCodec.encode(new CpgMessage.ProcessJoin(GROUP, 7, 1), 0));
        all.add(CpgCodec.encode(new CpgMessage.ProcessLeave(GROUP, 7, 2), 0));
        all.add(
                CpgCodec.encode(
                        new CpgMessage.JoinList(List.of(new CpgMessage.JoinList.Entry(7, GROUP))),
                        0));
        all.add(CpgCodec.encode(new CpgMessage.DownList(3, List.of(NODE), List.of()), 0));
        all.add(multicast());
        all.add(
                SyncMessage.encode(
                        new SyncMessage.ServiceBuild(
                                RING,
                                List.of(0, 1, 2, 4),
                                SyncMessage.ServiceBuild.FEATURE_RESTART_CUT),
                        0));
        all.add(SyncMessage.encode(new SyncMessage.Barrier(RING), 0));
        return all;
    }

    /** A message of Pacemaker in a group's message. */
    private static byte[] multicast() {
        PacemakerAddress to = PacemakerAddress.all(PacemakerAddress.CIB);
        byte[] frame =
                PacemakerFrame.ofText(1, to, to, "<cib_command/>".getBytes(StandardCharsets.UTF_8))
                        .encode();
        byte[] header =
                CpgCodec.encode(new CpgMessage.Multicast(GROUP, 7, NODE, 1, 0, frame.length), 0);
        byte[] bytes = Arrays.copyOf(header, header.length + frame.length);
        System.arraycopy(frame, 0, bytes, header.length, frame.length);
        return bytes;
    }

    private static byte[] packed(String group, byte[] body) {
        int address = GroupAddress.bytes(group);
        int header = Packing.HEADER_BYTES + 2;
        Mcast mcast = Mcast.allocate(NODE, false, header + address + body.length);
        byte[] frame = mcast.frame();
        Packing.encodeHeader(frame, Mcast.HEADER_BYTES, 0, 0, new int[] {address + body.length}, 1);
        GroupAddress.write(frame, Mcast.HEADER_BYTES + header, group);
        System.arraycopy(body, 0, frame, Mcast.HEADER_BYTES + header + address, body.length);
        mcast.number(RING, 12, 12);
        return frame;
    }
}

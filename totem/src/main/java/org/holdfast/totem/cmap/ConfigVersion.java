package org.holdfast.totem.cmap;

import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.sync.SyncStep;
import org.holdfast.wire.bytes.LittleEndian;
import org.holdfast.wire.cmap.CmapMessage;
import org.holdfast.wire.service.ServiceId;
import org.holdfast.wire.totem.RingId;

/**
 * Compares {@code totem.config_version} when nodes meet for the first time: a node whose version is
 * not the highest must not go on with its outdated configuration.
 */
public final class ConfigVersion implements SyncStep.Service {

    private static final String KEY = "totem.config_version";

    private final Port port;
    private long own;
    private long highest;
    private boolean single = true;
    private boolean compared;

    /** What the comparison needs around it. */
    public interface Port {
        /** Sends in the sync step's queue. */
        void sendInSync(CmapMessage.Items message);

        /** This node's configuration is older than another's. */
        void outdated(long own, long highest);
    }

    /**
     * Makes a node that has not met any other.
     *
     * @param own this node's version, 0 when its configuration names none
     */
    public ConfigVersion(long own, Port port) {
        this.own = own;
        this.port = port;
    }

    /** The configuration has been read again. */
    public void change(long version) {
        own = version;
    }

    /** Takes a message in total order. */
    public void onMessage(NodeId sender, CmapMessage message) {
        if (message instanceof CmapMessage.Items items) {
            for (CmapMessage.Item item : items.items()) {
                if (item.key().equals(KEY) && Long.compareUnsigned(item.asUint64(), highest) > 0) {
                    highest = item.asUint64();
                }
            }
        }
    }

    @Override
    public int id() {
        return ServiceId.CMAP;
    }

    @Override
    public void init(List<NodeId> transitional, List<NodeId> members, RingId ringId) {
        single = transitional.isEmpty();
        highest = own;
    }

    @Override
    public void send() {
        byte[] value = new byte[own == 0 ? 0 : 8];
        if (own != 0) {
            LittleEndian.put64(value, 0, own);
        }
        int type = own == 0 ? CmapMessage.Item.TYPE_ABSENT : CmapMessage.Item.TYPE_UINT64;
        port.sendInSync(
                new CmapMessage.Items(
                        CmapMessage.Items.REASON_SYNC,
                        List.of(new CmapMessage.Item(KEY, type, value))));
    }

    @Override
    public void activate() {
        if (single || compared) {
            return;
        }
        compared = true;
        if (own != 0 && highest != own) {
            port.outdated(own, highest);
        }
    }

    @Override
    public void abort() {
        // Nothing is kept between steps.
    }
}

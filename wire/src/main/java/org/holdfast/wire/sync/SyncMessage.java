package org.holdfast.wire.sync;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.wire.bytes.LittleEndian;
import org.holdfast.wire.service.ServiceMessage;
import org.holdfast.wire.totem.RingId;
import org.holdfast.wire.totem.RingIds;

/** A message of the sync step. Layouts: Corosync 3.1, exec/sync.c. */
public sealed interface SyncMessage {

    /**
     * The sender has done its part of the present service.
     *
     * @param ringId the ring that is being synchronised
     */
    record Barrier(RingId ringId) implements SyncMessage {}

    /**
     * The sender starts the sync step.
     *
     * @param ringId the ring that is being synchronised
     * @param services the numbers of the services that it synchronises
     * @param features what the sender can do beyond Corosync; 0 from a real node, whose last slot
     *     of the fixed-size list is empty and never read
     */
    record ServiceBuild(RingId ringId, List<Integer> services, int features)
            implements SyncMessage {

        /** Marks a value in the last slot as ours; the low 16 bits are the features. */
        public static final int FEATURES_MARK = 0x4846_0000;

        /** A receiver takes a message from its beginning again when it was cut by a new ring. */
        public static final int FEATURE_RESTART_CUT = 1;

        /** A node asks for the token of a quiet ring as soon as it has been round unchanged. */
        public static final int FEATURE_EARLY_HOLD = 2;

        /** The token of a quiet ring stays with the node that sent the last message. */
        public static final int FEATURE_SENDER_HOLDS = 4;

        /** Copies the list. */
        public ServiceBuild {
            services = List.copyOf(services);
        }
    }

    /** Neither of both. */
    record Malformed(String reason) implements SyncMessage {}

    /** Most services that one message can name. */
    int SERVICES_MAX = 128;

    private static int barrierBytes() {
        return 32;
    }

    private static int buildBytes() {
        return 40 + 4 * SERVICES_MAX;
    }

    private static int lastSlot(int at) {
        return at + 40 + 4 * (SERVICES_MAX - 1);
    }

    /** Reads a message body. */
    static SyncMessage decode(byte[] bytes, int at, int length) {
        if (length < barrierBytes()) {
            return new Malformed("sync message of " + length + " bytes");
        }
        int id = ServiceMessage.id(bytes, at);
        RingId ringId = RingIds.read(bytes, at + 16);
        if (id == 0) {
            return new Barrier(ringId);
        }
        if (id != 1) {
            return new Malformed("unknown sync message " + id);
        }
        if (length < buildBytes()) {
            return new Malformed("sync service list of " + length + " bytes");
        }
        int count = LittleEndian.i32(bytes, at + 32);
        if (count < 0 || count > SERVICES_MAX) {
            return new Malformed("sync service list of " + count + " services");
        }
        List<Integer> services = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            services.add(LittleEndian.i32(bytes, at + 40 + 4 * i));
        }
        int last = count < SERVICES_MAX ? LittleEndian.i32(bytes, lastSlot(at)) : 0;
        boolean ours = (last & 0xFFFF_0000) == ServiceBuild.FEATURES_MARK;
        return new ServiceBuild(ringId, services, ours ? last & 0xFFFF : 0);
    }

    /** Writes a message body behind {@code prefixBytes} free bytes. */
    static byte[] encode(SyncMessage message, int prefixBytes) {
        return switch (message) {
            case Barrier barrier -> {
                byte[] bytes = new byte[prefixBytes + barrierBytes()];
                ServiceMessage.writeHeader(bytes, prefixBytes, 0, barrierBytes());
                RingIds.write(bytes, prefixBytes + 16, barrier.ringId());
                yield bytes;
            }
            case ServiceBuild build -> {
                byte[] bytes = new byte[prefixBytes + buildBytes()];
                ServiceMessage.writeHeader(bytes, prefixBytes, 1, buildBytes());
                RingIds.write(bytes, prefixBytes + 16, build.ringId());
                LittleEndian.put32(bytes, prefixBytes + 32, build.services().size());
                for (int i = 0; i < build.services().size(); i++) {
                    LittleEndian.put32(bytes, prefixBytes + 40 + 4 * i, build.services().get(i));
                }
                if (build.features() != 0) {
                    LittleEndian.put32(
                            bytes,
                            lastSlot(prefixBytes),
                            ServiceBuild.FEATURES_MARK | build.features());
                }
                yield bytes;
            }
            case Malformed malformed ->
                    throw new IllegalArgumentException("not a message: " + malformed.reason());
        };
    }
}

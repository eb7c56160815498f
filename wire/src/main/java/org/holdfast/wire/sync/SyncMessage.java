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
     */
    record ServiceBuild(RingId ringId, List<Integer> services) implements SyncMessage {
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
        return new ServiceBuild(ringId, services);
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
                yield bytes;
            }
            case Malformed malformed ->
                    throw new IllegalArgumentException("not a message: " + malformed.reason());
        };
    }
}

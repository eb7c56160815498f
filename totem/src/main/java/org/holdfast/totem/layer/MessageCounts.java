package org.holdfast.totem.layer;

import org.holdfast.wire.service.ServiceId;

/** How many messages the services have sent and got, by service and function. */
public final class MessageCounts {

    private static final int SERVICES_MAX = 8;
    private static final int FUNCTIONS_MAX = 8;

    private final long[] sent = new long[SERVICES_MAX * FUNCTIONS_MAX];
    private final long[] received = new long[SERVICES_MAX * FUNCTIONS_MAX];

    MessageCounts() {}

    void countSent(int messageId) {
        count(sent, messageId);
    }

    void countReceived(int messageId) {
        count(received, messageId);
    }

    private static void count(long[] counts, int messageId) {
        int service = ServiceId.serviceOf(messageId);
        int function = ServiceId.functionOf(messageId);
        if (service < SERVICES_MAX && function < FUNCTIONS_MAX) {
            counts[service * FUNCTIONS_MAX + function]++;
        }
    }

    /** Messages with that function of that service that this node has sent; both from 0 to 7. */
    public long sent(int service, int function) {
        return sent[service * FUNCTIONS_MAX + function];
    }

    /** Messages with that function of that service that came, own ones included. */
    public long received(int service, int function) {
        return received[service * FUNCTIONS_MAX + function];
    }
}

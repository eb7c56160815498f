package org.holdfast.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.kernel.NodeId;
import org.holdfast.linux.Poller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RingSocketTest {

    private static RingSocket open(int lastByte) throws IOException {
        return RingSocket.bind(new InetSocketAddress("127.0.77." + lastByte, 0));
    }

    private static void know(RingSocket socket, Map<Integer, RingSocket> others)
            throws IOException {
        Map<NodeId, InetSocketAddress> peers = new LinkedHashMap<>();
        for (Map.Entry<Integer, RingSocket> other : others.entrySet()) {
            peers.put(new NodeId(other.getKey()), other.getValue().localAddress());
        }
        socket.setPeers(peers, true);
    }

    private static List<String> receive(RingSocket socket, int count) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Poller poller = new Poller()) {
            socket.register(poller);
            while (texts.size() < count) {
                poller.await(-1);
                socket.receive(all ->
                        all.forEach(bytes -> texts.add(new String(bytes, StandardCharsets.UTF_8))));
            }
        }
        return texts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void sendsToOneAndToAllAndDropsStrangers() throws IOException {
        try (RingSocket one = open(1);
                RingSocket two = open(2);
                RingSocket three = open(3);
                RingSocket stranger = open(4)) {
            know(one, Map.of(2, two, 3, three));
            know(two, Map.of(1, one, 3, three));
            know(three, Map.of(1, one, 2, two));
            know(stranger, Map.of(2, two));

            stranger.sendToAll(bytes("psst"));
            stranger.flush();
            one.sendTo(new NodeId(2), bytes("token"));
            one.sendToAll(bytes("x".repeat(9000)));
            one.flush();

            assertThat(receive(two, 2)).containsExactly("token", "x".repeat(9000));
            assertThat(receive(three, 1)).hasSize(1);
            assertThat(two.counters().dropped()).isEqualTo(1);
            assertThat(two.counters().received()).isEqualTo(2);
            assertThat(one.counters().sent()).isEqualTo(3);
            assertThat(one.counters().sentBytes()).isEqualTo(18_005);
        }
    }

    @Test
    void manyMessagesArriveInOrderAndBeforeTheToken() throws IOException {
        try (RingSocket one = open(9);
                RingSocket two = open(10)) {
            know(one, Map.of(2, two));
            know(two, Map.of(1, one));
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String text = i + "x".repeat(i % 7 == 0 ? 1450 : 1400 + i % 3);
                expected.add(text);
                one.sendToAll(bytes(text));
            }
            one.sendTo(new NodeId(2), bytes("token"));
            expected.add("token");

            assertThat(receive(two, expected.size())).isEqualTo(expected);
            assertThat(one.counters().sent()).isEqualTo(201);
            assertThat(one.counters().sendErrors()).isZero();
        }
    }

    @Test
    void tellsWhenNobodyListensAtAPeer() throws IOException {
        try (RingSocket one = open(7);
                Poller poller = new Poller()) {
            RingSocket two = open(8);
            know(one, Map.of(2, two));
            two.close();
            one.register(poller);
            one.sendTo(new NodeId(2), bytes("token"));
            List<NodeId> gone = new ArrayList<>();
            while (gone.isEmpty()) {
                poller.await(-1);
                one.receive(new Noting(gone));
            }
            assertThat(gone).containsExactly(new NodeId(2));
        }
    }

    private record Noting(List<NodeId> gone) implements RingSocket.Receiver {

        @Override
        public void onDatagrams(List<byte[]> datagrams) {}

        @Override
        public void onUnreachable(NodeId node) {
            gone.add(node);
        }
    }

    @Test
    void countsWhatCannotBeSent() throws IOException {
        try (RingSocket one = open(5)) {
            one.sendTo(new NodeId(9), bytes("lost"));
            assertThat(one.counters().sendErrors()).isEqualTo(1);
        }
    }

    @Test
    void refusesAPortInUse() throws IOException {
        try (RingSocket one = open(6)) {
            InetSocketAddress address = one.localAddress();
            assertThatThrownBy(() -> RingSocket.bind(address)).isInstanceOf(IOException.class);
        }
    }
}

package org.holdfast.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.kernel.NodeId;
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
        try (Selector selector = Selector.open()) {
            socket.register(selector);
            while (texts.size() < count) {
                selector.select();
                selector.selectedKeys().clear();
                socket.receive(10, bytes -> texts.add(new String(bytes, StandardCharsets.UTF_8)));
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
            one.sendTo(new NodeId(2), bytes("token"));
            one.sendToAll(bytes("x".repeat(9000)));

            assertThat(receive(two, 2)).containsExactly("token", "x".repeat(9000));
            assertThat(receive(three, 1)).hasSize(1);
            assertThat(two.counters().dropped()).isEqualTo(1);
            assertThat(two.counters().received()).isEqualTo(2);
            assertThat(one.counters().sent()).isEqualTo(3);
            assertThat(one.counters().sentBytes()).isEqualTo(18_005);
        }
    }

    @Test
    void tellsWhenNobodyListensAtAPeer() throws IOException {
        try (RingSocket one = open(7);
                Selector selector = Selector.open()) {
            RingSocket two = open(8);
            know(one, Map.of(2, two));
            two.close();
            one.register(selector);
            one.sendTo(new NodeId(2), bytes("token"));
            List<NodeId> gone = new ArrayList<>();
            while (gone.isEmpty()) {
                selector.select();
                selector.selectedKeys().forEach(RingSocketTest::runAttached);
                selector.selectedKeys().clear();
                one.receive(10, new Noting(gone));
            }
            assertThat(gone).containsExactly(new NodeId(2));
        }
    }

    private static void runAttached(SelectionKey key) {
        if (key.attachment() instanceof Runnable attached) {
            attached.run();
        }
    }

    private record Noting(List<NodeId> gone) implements RingSocket.Receiver {

        @Override
        public void onDatagram(byte[] bytes) {}

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

package org.holdfast.cli.demo;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/** Nodes on addresses of 127.0.0.0/8, which every machine has: no rights are needed. */
final class LoopbackNetwork implements DemoNetwork {

    /** Corosync's port; totem.mcastport of corosync.conf(5). */
    static final int RING_PORT = 5405;

    private static final String NETWORK = "127.42.0.";

    private final int servicePort;

    LoopbackNetwork(int servicePort) {
        this.servicePort = servicePort;
    }

    @Override
    public void setUp() throws DemoException {
        for (int number = 1; number <= DemoDirectory.NODES; number++) {
            try (DatagramSocket _ =
                    new DatagramSocket(new InetSocketAddress(address(number), RING_PORT))) {
                // Only whether it is free.
            } catch (IOException e) {
                throw busy("UDP port " + RING_PORT + " on " + address(number), e);
            }
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(serviceAddress(), servicePort));
        } catch (IOException e) {
            throw busy("TCP port " + servicePort + " on " + serviceAddress(), e);
        }
    }

    private static DemoException busy(String what, IOException cause) {
        return new DemoException(
                what
                        + " is in use by another program ("
                        + cause.getMessage()
                        + "). Stop that program; for another port of the web service set"
                        + " HOLDFAST_DEMO_PORT.",
                cause);
    }

    @Override
    public String address(int number) {
        return NETWORK + number;
    }

    @Override
    public List<String> prefix(int number) {
        return List.of();
    }

    @Override
    public String serviceAddress() {
        return NETWORK + "100";
    }

    @Override
    public List<String> addressParameters() {
        return List.of("ip=" + serviceAddress());
    }

    @Override
    public void disconnect(int number) {
        // A killed process holds no address of the loopback interface.
    }

    @Override
    public void close() {
        // Nothing was made.
    }
}

package org.holdfast.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Each node in a network namespace of its own, joined by a bridge that this machine is on too; the
 * service has a real floating address. Needs root and iproute2.
 */
final class NamespaceNetwork implements DemoNetwork {

    private static final String BRIDGE = "hfdemo0";
    private static final String NETWORK = "10.142.42.";
    private static final String NIC = "eth0";

    @Override
    public void setUp() throws DemoException {
        if (!System.getProperty("user.name").equals("root")) {
            throw new DemoException("--network needs root, for network namespaces");
        }
        close(); // what a killed demo may have left
        ip("link", "add", BRIDGE, "type", "bridge");
        ip("address", "add", NETWORK + "254/24", "dev", BRIDGE);
        ip("link", "set", BRIDGE, "up");
        for (int number = 1; number <= DemoDirectory.NODES; number++) {
            String namespace = namespace(number);
            String port = port(number);
            ip("netns", "add", namespace);
            ip("link", "add", port, "type", "veth", "peer", "name", NIC, "netns", namespace);
            ip("link", "set", port, "master", BRIDGE, "up");
            ip("-n", namespace, "link", "set", "lo", "up");
            ip("-n", namespace, "address", "add", address(number) + "/24", "dev", NIC);
            ip("-n", namespace, "link", "set", NIC, "up");
        }
    }

    private static String namespace(int number) {
        return "hfdemo-node" + number;
    }

    private static String port(int number) {
        return "hfdemo0p" + number;
    }

    @Override
    public String address(int number) {
        return NETWORK + number;
    }

    @Override
    public List<String> prefix(int number) {
        return List.of("ip", "netns", "exec", namespace(number));
    }

    @Override
    public String serviceAddress() {
        return NETWORK + "100";
    }

    @Override
    public List<String> addressParameters() {
        return List.of("ip=" + serviceAddress(), "cidr_netmask=24", "nic=" + NIC);
    }

    @Override
    public void disconnect(int number) {
        quietly("link", "delete", port(number));
        quietly("neighbour", "flush", "dev", BRIDGE);
    }

    @Override
    public void close() {
        for (int number = 1; number <= DemoDirectory.NODES; number++) {
            quietly("link", "delete", port(number));
            quietly("netns", "delete", namespace(number));
        }
        quietly("link", "delete", BRIDGE);
    }

    private static void ip(String... arguments) throws DemoException {
        String problem = run(arguments);
        if (!problem.isEmpty()) {
            throw new DemoException("ip " + String.join(" ", arguments) + ": " + problem);
        }
    }

    private static void quietly(String... arguments) {
        // What is not there need not be removed.
        String _ = run(arguments);
    }

    private static String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "no answer";
            }
            return process.exitValue() == 0
                    ? ""
                    : output.isEmpty() ? "failed with " + process.exitValue() : output;
        } catch (IOException e) {
            return "cannot be run (" + e.getMessage() + "); install iproute2";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}

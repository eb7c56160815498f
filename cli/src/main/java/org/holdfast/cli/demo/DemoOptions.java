package org.holdfast.cli.demo;

import java.util.List;
import java.util.Map;

/**
 * The demo's command line.
 *
 * @param once end after the failover
 * @param network each node in a network namespace
 * @param help print the usage
 * @param servicePort TCP port of the web service
 */
record DemoOptions(boolean once, boolean network, boolean help, int servicePort) {

    static final String USAGE =
            """
            usage: ./holdfast demo [--once] [--network]

              --once     end after the failover: exit code 0 if another node took the service over
              --network  each node in a network namespace of its own, with a real floating
                         address; needs root and iproute2

            HOLDFAST_DEMO_PORT sets the port of the web service (8080).
            """;

    static DemoOptions parse(List<String> arguments, Map<String, String> environment)
            throws DemoException {
        boolean once = false;
        boolean network = false;
        boolean help = false;
        for (String argument : arguments) {
            switch (argument) {
                case "--once" -> once = true;
                case "--network" -> network = true;
                case "-h", "--help" -> help = true;
                default ->
                        throw new DemoException(
                                "unknown argument '" + argument + "'\n" + USAGE.strip());
            }
        }
        return new DemoOptions(once, network, help, port(environment));
    }

    private static int port(Map<String, String> environment) throws DemoException {
        String text = environment.getOrDefault("HOLDFAST_DEMO_PORT", "8080");
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new DemoException("HOLDFAST_DEMO_PORT is not a port: '" + text + "'", e);
        }
        throw new DemoException("HOLDFAST_DEMO_PORT is not a port: '" + text + "'");
    }
}

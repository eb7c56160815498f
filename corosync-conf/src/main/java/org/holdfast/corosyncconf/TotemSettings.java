package org.holdfast.corosyncconf;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The totem section by type. Numbers that the file does not set are absent: their defaults depend
 * on each other and belong to the protocol.
 *
 * @param section the merged section
 */
public record TotemSettings(ConfSection section) {

    /** The transport between nodes. */
    public enum Transport {
        /** One datagram a peer. */
        UDPU,
        /** IP multicast. */
        UDP,
        /** Kronosnet; the default of Corosync 3. */
        KNET
    }

    /** The port where nothing else is configured. */
    public static final int DEFAULT_PORT = 5405;

    /** How datagrams travel. */
    public Transport transport() {
        return switch (section.value("transport").orElse("knet")) {
            case "udpu" -> Transport.UDPU;
            case "udp" -> Transport.UDP;
            default -> Transport.KNET;
        };
    }

    /** The cluster's name, empty if it has none. */
    public String clusterName() {
        return section.value("cluster_name").orElse("");
    }

    /** The version of the configuration, unsigned; 0 if it has none. */
    public long configVersion() {
        return section.value("config_version").map(Long::parseUnsignedLong).orElse(0L);
    }

    /** A number such as {@code token}, in the manual's unit, if the file sets it. */
    public OptionalLong number(String key) {
        return section.value(key)
                .map(value -> OptionalLong.of(Long.parseLong(value)))
                .orElseGet(OptionalLong::empty);
    }

    /** A yes-or-no key such as {@code block_unlisted_ips}. */
    public boolean flag(String key, boolean otherwise) {
        return section.value(key)
                .map(value -> value.equals("yes") || value.equals("on") || value.equals("1"))
                .orElse(otherwise);
    }

    /** The UDP port for the ring, 1 to 65535. */
    public int port() {
        return section.sections("interface").stream()
                .flatMap(link -> link.value("mcastport").stream())
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(DEFAULT_PORT);
    }

    /** A text of the first interface section, such as {@code mcastaddr}; empty if not set. */
    public String interfaceText(String key) {
        return section.sections("interface").stream()
                .flatMap(link -> link.value(key).stream())
                .findFirst()
                .orElse("");
    }

    /** The code point for the ring's datagrams ({@code ip_dscp}), 0 to 63, if it is set. */
    public OptionalInt codePoint() {
        return section.value("ip_dscp")
                .map(value -> OptionalInt.of(ValueRule.Dscp.codePoint(value)))
                .orElseGet(OptionalInt::empty);
    }

    /** Which addresses of a name count; the manual's default depends on the transport. */
    public String ipVersion() {
        String fallback = transport() == Transport.UDP ? "ipv4" : "ipv6-4";
        return section.value("ip_version").orElse(fallback);
    }

    /** Multicast time to live, 0 to 255. */
    public int ttl() {
        String text = interfaceText("ttl");
        return text.isEmpty() ? 1 : Integer.parseInt(text);
    }
}

package org.holdfast.tools.pcs;

import java.util.List;

/**
 * Which agent runs a resource.
 *
 * @param standard {@code ocf}, {@code systemd}...
 * @param provider an OCF agent's provider, else the empty string
 * @param type the agent's own name
 */
record AgentName(String standard, String provider, String type) {

    private static final List<String> STANDARDS =
            List.of("heartbeat", "lsb", "ocf", "service", "stonith", "systemd");

    /** Takes {@code standard:[provider:]type} apart. */
    static AgentName parse(String text) {
        AgentName name = split(text);
        boolean ocf = name.standard.equals("ocf");
        if (!STANDARDS.contains(name.standard)
                || name.type.isEmpty()
                || ocf == name.provider.isEmpty()) {
            throw invalid(text);
        }
        return name;
    }

    private static AgentName split(String text) {
        String[] parts = text.split(":", -1);
        if ((parts[0].equals("systemd") || parts[0].equals("service"))
                && parts.length >= 2
                && parts[1].indexOf('@') > 0) {
            return new AgentName(parts[0], "", text.substring(parts[0].length() + 1));
        }
        return switch (parts.length) {
            case 2 -> new AgentName(parts[0], "", parts[1]);
            case 3 -> {
                if (parts[1].isEmpty()) {
                    throw invalid(text);
                }
                yield new AgentName(parts[0], parts[1], parts[2]);
            }
            default -> throw invalid(text);
        };
    }

    private static PcsFailure invalid(String text) {
        return PcsFailure.error(
                "Invalid resource agent name '"
                        + text
                        + "'. Use standard:provider:type when standard is 'ocf' or standard:type"
                        + " otherwise. List of standards and providers can be obtained by using"
                        + " commands 'pcs resource standards' and 'pcs resource providers'.");
    }

    static AgentName of(Item primitive) {
        return new AgentName(
                primitive.get("class", ""),
                primitive.get("provider", ""),
                primitive.get("type", ""));
    }

    boolean isStonith() {
        return standard.equals("stonith");
    }

    String full() {
        return provider.isEmpty() ? standard + ":" + type : standard + ":" + provider + ":" + type;
    }
}

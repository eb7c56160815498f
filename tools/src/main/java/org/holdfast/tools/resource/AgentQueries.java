package org.holdfast.tools.resource;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.tools.AgentCatalog;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.UsageException;

/** Lists the agents that are installed, and what they say of themselves. */
final class AgentQueries {

    private static final List<String> STANDARDS =
            List.of("ocf", "lsb", "service", "systemd", "stonith");

    private final Output out;
    private final AgentCatalog agents;

    AgentQueries(Invocation call) {
        this.out = call.out();
        this.agents = call.context().agents();
    }

    /** The standards that agents can follow. */
    int standards() {
        return list("Standards", "standard", STANDARDS);
    }

    /** Agents of a standard, or of one provider: {@code standard[:provider]}. */
    int agents(String specification) throws UsageException {
        int colon = specification.indexOf(':');
        String standard = colon < 0 ? specification : specification.substring(0, colon);
        List<String> types =
                colon >= 0 || !standard.equals("ocf")
                        ? agents.types(
                                standard, colon < 0 ? "" : specification.substring(colon + 1))
                        : agents.ocfProviders().stream()
                                .flatMap(provider -> agents.types(standard, provider).stream())
                                .distinct()
                                .sorted()
                                .toList();
        if (types.isEmpty()) {
            out.error(
                    "No agents found for standard "
                            + standard
                            + (colon < 0
                                    ? ""
                                    : " and provider " + specification.substring(colon + 1)));
            throw Failures.exit(ExitCode.NOSUCH, null);
        }
        return list("Agents", "agent", types);
    }

    /** Providers of an OCF agent. */
    int alternatives(String type) throws UsageException {
        return providers(
                type,
                agents.ocfProviders().stream()
                        .filter(provider -> agents.types("ocf", provider).contains(type))
                        .toList());
    }

    /** All providers of OCF agents. */
    int providers() throws UsageException {
        return providers("all agents", agents.ocfProviders());
    }

    private int providers(String what, List<String> providers) throws UsageException {
        if (providers.isEmpty()) {
            out.error("No OCF providers found for " + what);
            throw Failures.exit(ExitCode.NOSUCH, null);
        }
        return list("Providers", "provider", providers);
    }

    private int list(String title, String name, List<String> items) {
        out.beginList(null, null, title);
        items.forEach(item -> out.listItem(name, item));
        out.endList();
        return ExitCode.OK;
    }

    /** An agent's description; {@code standard[:provider]:type}. */
    int metadata(String specification) throws UsageException {
        String[] parts = specification.split(":", 3);
        boolean withProvider = parts[0].equals("ocf");
        if (parts.length < (withProvider ? 3 : 2)) {
            throw Failures.of(
                    Rc.ENXIO, "'" + specification + "' is not a valid agent specification");
        }
        String type =
                withProvider ? parts[2] : specification.substring(specification.indexOf(':') + 1);
        Element metadata = agents.metadata(parts[0], withProvider ? parts[1] : "", type);
        if (metadata == null) {
            throw Failures.of(
                    Rc.ENXIO,
                    "Metadata query for " + specification + " failed: " + Rc.describe(Rc.ENXIO));
        }
        out.xmlText("metadata", XmlPrinter.pretty(metadata));
        return ExitCode.OK;
    }
}

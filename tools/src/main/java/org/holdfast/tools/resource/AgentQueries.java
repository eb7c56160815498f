package org.holdfast.tools.resource;

import java.util.List;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.tools.AgentCatalog;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlOutput;

/** Lists the agents that are installed, and what they say of themselves. */
final class AgentQueries {

    private static final List<String> STANDARDS =
            List.of("ocf", "service", "lsb", "systemd", "stonith");

    private final Output out;
    private final AgentCatalog agents;
    private final boolean systemdRuns;

    AgentQueries(Invocation call) {
        this.out = call.out();
        this.agents = call.context().agents();
        this.systemdRuns = call.context().files().isDirectory("/run/systemd/system");
    }

    /** The standards that agents can follow. */
    int standards() {
        out.beginList(null, null, "Standards");
        for (String standard : STANDARDS) {
            if (!standard.equals("systemd") || systemdRuns) {
                out.listItem(null, standard);
            }
        }
        out.endList();
        return ExitCode.OK;
    }

    /** Agents of a standard, or of one provider: {@code standard[:provider]}. */
    int agents(String specification) throws UsageException {
        int colon = specification.indexOf(':');
        String standard = colon < 0 ? specification : specification.substring(0, colon);
        String provider = colon < 0 ? null : specification.substring(colon + 1);
        List<String> types = types(standard, provider == null ? "" : provider);
        if (types.isEmpty()) {
            out.error(
                    "No agents found for standard '"
                            + standard
                            + "'"
                            + (provider == null ? "" : " and provider '" + provider + "'"));
            throw Failures.exit(ExitCode.ERROR, null);
        }
        XmlOutput xml = out.xml();
        if (xml != null) {
            boolean any = provider != null && !provider.isEmpty();
            xml.push("agents").set("standard", standard).set("provider", any ? provider : null);
        }
        return items("agent", types);
    }

    private List<String> types(String standard, String provider) {
        if (!provider.isEmpty() || !standard.equals("ocf")) {
            return agents.types(standard, provider);
        }
        return agents.ocfProviders().stream()
                .flatMap(each -> agents.types(standard, each).stream())
                .toList();
    }

    /** Providers of an OCF agent. */
    int alternatives(String type) throws UsageException {
        List<String> providers =
                agents.ocfProviders().stream()
                        .filter(provider -> agents.types("ocf", provider).contains(type))
                        .toList();
        if (providers.isEmpty()) {
            out.error("No OCF providers found for " + type);
            throw Failures.exit(ExitCode.NOSUCH, null);
        }
        XmlOutput xml = out.xml();
        if (xml != null) {
            xml.push("providers").set("for", type);
        }
        return items("provider", providers);
    }

    /** All providers of OCF agents. */
    int providers() throws UsageException {
        List<String> providers = agents.ocfProviders();
        if (providers.isEmpty()) {
            out.error("No OCF providers found");
            throw Failures.exit(ExitCode.NOSUCH, null);
        }
        XmlOutput xml = out.xml();
        if (xml != null) {
            xml.push("providers").set("standard", "ocf");
        }
        return items("provider", providers);
    }

    /** Shows the items of a list; in XML, as elements of the one that is open. */
    private int items(String name, List<String> items) {
        XmlOutput xml = out.xml();
        for (String item : items) {
            if (xml == null) {
                out.listItem(null, item);
            } else {
                xml.addText(name, item);
            }
        }
        if (xml != null) {
            xml.pop();
        }
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
        String metadata = agents.metadataText(parts[0], withProvider ? parts[1] : "", type);
        if (metadata == null) {
            throw Failures.of(
                    Rc.ENXIO,
                    "Metadata query for " + specification + " failed: " + Rc.describe(Rc.ENXIO));
        }
        out.xmlText("metadata", metadata);
        return ExitCode.OK;
    }
}

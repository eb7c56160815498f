package org.holdfast.manager.executor;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.value.Versions;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's metadata says about changes of parameters: whether it can take them while the
 * resource runs, which ones, and which must not be shown (OCF Resource Agent API 1.1, and what was
 * usual before it).
 *
 * @param reload how the agent takes changed parameters
 * @param parameters in the order in which history entries name them: the last of the metadata first
 */
record AgentDescription(Reload reload, List<Parameter> parameters) {

    /** Private where an agent says nothing about privacy. */
    private static final List<String> USUALLY_PRIVATE = List.of("password", "passwd", "user");

    /** How an agent takes changed parameters. */
    enum Reload {
        /** Not at all: the resource is restarted. */
        NONE,
        /** By {@code reload-agent}, those marked reloadable (OCF 1.1). */
        AGENT,
        /** By {@code reload}, those not marked unique (before OCF 1.1). */
        LEGACY
    }

    /**
     * A parameter.
     *
     * @param name its name
     * @param reloadable marked so
     * @param unique marked so
     * @param isPrivate marked so, or taken for it
     */
    record Parameter(String name, boolean reloadable, boolean unique, boolean isPrivate) {}

    /** Reads metadata; null if it is none. */
    static @Nullable AgentDescription parse(String standard, String metadata) {
        Element root;
        try {
            root = XmlParser.parse(metadata.strip());
        } catch (XmlSyntaxException e) {
            return null;
        }
        return new AgentDescription(reload(standard, root), parameters(root));
    }

    private static Reload reload(String standard, Element root) {
        Element version = root.first("version");
        boolean modern =
                standard.equals("ocf")
                        && version != null
                        && Versions.compare(version.text().strip(), "1.1") >= 0;
        Element actions = root.first("actions");
        Reload reload = Reload.NONE;
        for (Element action : actions == null ? List.<Element>of() : actions.elements("action")) {
            String name = action.getOr("name", "");
            if (modern && name.equals("reload-agent")) {
                reload = Reload.AGENT;
            } else if (!modern && name.equalsIgnoreCase("reload")) {
                reload = Reload.LEGACY;
            }
        }
        return reload;
    }

    private static List<Parameter> parameters(Element root) {
        Element all = root.first("parameters");
        List<Parameter> found = new ArrayList<>();
        boolean anyPrivate = false;
        for (Element parameter : all == null ? List.<Element>of() : all.elements("parameter")) {
            String name = parameter.get("name");
            if (name != null) {
                boolean isPrivate = isTrue(parameter, "private");
                anyPrivate |= isPrivate;
                found.addFirst(
                        new Parameter(
                                name,
                                isTrue(parameter, "reloadable"),
                                isTrue(parameter, "unique"),
                                isPrivate));
            }
        }
        if (!anyPrivate) {
            found.replaceAll(parameter ->
                    USUALLY_PRIVATE.contains(parameter.name())
                            ? new Parameter(
                                    parameter.name(),
                                    parameter.reloadable(),
                                    parameter.unique(),
                                    true)
                            : parameter);
        }
        return List.copyOf(found);
    }

    private static boolean isTrue(Element parameter, String attribute) {
        return switch (parameter.getOr(attribute, "").toLowerCase(java.util.Locale.ROOT)) {
            case "true", "on", "yes", "y", "1" -> true;
            default -> false;
        };
    }

    /** Whether a change of this parameter needs a restart. */
    boolean forcesRestart(Parameter parameter) {
        return switch (reload) {
            case NONE -> true;
            case AGENT -> !parameter.reloadable();
            case LEGACY -> parameter.unique();
        };
    }
}

package org.holdfast.agents;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says about itself: the XML of its {@code meta-data} action (OCF resource agent API
 * 1.0 and 1.1).
 *
 * @param name the agent's name
 * @param version the agent's version
 * @param shortDescription a few words
 * @param longDescription sentences
 * @param parameters its parameters
 * @param actions its actions with their suggested times
 */
public record AgentMetadata(
        String name,
        String version,
        String shortDescription,
        String longDescription,
        List<Parameter> parameters,
        List<Action> actions) {

    /**
     * One parameter.
     *
     * @param name its name
     * @param required whether it must be set
     * @param uniqueGroup parameters of one group must differ between resources in at least one;
     *     null if it may be anything
     * @param reloadable whether a change needs no restart
     * @param type {@code string}, {@code integer}, {@code boolean}, {@code select}...
     * @param fallback the value if none is set, or null
     * @param shortDescription a few words
     * @param longDescription sentences
     * @param deprecated whether the agent wants it gone
     */
    public record Parameter(
            String name,
            boolean required,
            @Nullable String uniqueGroup,
            boolean reloadable,
            String type,
            @Nullable String fallback,
            String shortDescription,
            String longDescription,
            boolean deprecated) {}

    /**
     * One action.
     *
     * @param name its name
     * @param timeout suggested timeout, or null
     * @param interval suggested interval, or null
     * @param depth check level, or null
     * @param role role in which it is meant, or null
     */
    public record Action(
            String name,
            @Nullable String timeout,
            @Nullable String interval,
            @Nullable String depth,
            @Nullable String role) {}

    /**
     * Reads the XML.
     *
     * @throws XmlSyntaxException if it is not XML
     */
    public static AgentMetadata parse(String xml) throws XmlSyntaxException {
        Element root = XmlParser.parse(xml.strip());
        List<Parameter> parameters = new ArrayList<>();
        Element list = root.first("parameters");
        if (list != null) {
            list.elements("parameter").forEach(element -> parameters.add(parameter(element)));
        }
        List<Action> actions = new ArrayList<>();
        Element actionList = root.first("actions");
        if (actionList != null) {
            actionList.elements("action").forEach(element -> actions.add(action(element)));
        }
        return new AgentMetadata(
                root.getOr("name", ""),
                root.getOr("version", ""),
                text(root, "shortdesc"),
                text(root, "longdesc"),
                List.copyOf(parameters),
                List.copyOf(actions));
    }

    private static Parameter parameter(Element element) {
        String name = element.getOr("name", "");
        Element content = element.first("content");
        String group = element.get("unique-group");
        if (group == null && isTrue(element.get("unique"))) {
            // The older attribute makes a parameter unique on its own.
            group = name;
        }
        return new Parameter(
                name,
                isTrue(element.get("required")),
                group,
                isTrue(element.get("reloadable")),
                content == null ? "string" : content.getOr("type", "string"),
                content == null ? null : content.get("default"),
                text(element, "shortdesc"),
                text(element, "longdesc"),
                element.first("deprecated") != null || isTrue(element.get("deprecated")));
    }

    private static Action action(Element element) {
        return new Action(
                element.getOr("name", ""),
                element.get("timeout"),
                element.get("interval"),
                element.get("depth"),
                element.get("role"));
    }

    private static boolean isTrue(@Nullable String value) {
        return "1".equals(value) || "true".equals(value) || "yes".equals(value);
    }

    private static String text(Element parent, String tag) {
        Element element = parent.first(tag);
        return element == null ? "" : element.text().strip();
    }
}

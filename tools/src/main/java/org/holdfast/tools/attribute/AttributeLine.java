package org.holdfast.tools.attribute;

import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.TextOutput;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.jspecify.annotations.Nullable;

/** How an attribute is shown. */
final class AttributeLine {

    private AttributeLine() {}

    static void show(
            Output out, AttributeQuestion question, @Nullable String name, @Nullable String value) {
        XmlOutput xml = out.xml();
        if (xml != null) {
            xml.add("attribute")
                    .set("name", name)
                    .set("value", value == null ? "" : value)
                    .set("scope", question.section())
                    .set("id", question.id());
        } else if (question.quiet()) {
            if (value != null && out instanceof TextOutput text) {
                text.print(value + "\n");
            }
        } else {
            String id = question.id();
            out.info(
                    "scope="
                            + question.section()
                            + " "
                            + (id == null || id.isEmpty() ? "" : "id=" + id + " ")
                            + "name="
                            + (name == null ? "" : name)
                            + " value="
                            + (value == null ? "(null)" : escaped(value)));
        }
    }

    static String escaped(String value) {
        return value.replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }
}

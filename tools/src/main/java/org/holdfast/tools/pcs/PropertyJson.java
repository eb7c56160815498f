package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of cluster properties as JSON. */
final class PropertyJson {

    private PropertyJson() {}

    static String of(@Nullable Item set) {
        if (set == null) {
            return "{\"nvsets\": []}";
        }
        List<String> pairs = new ArrayList<>();
        for (Item pair : set.items("nvpair")) {
            pairs.add(
                    "{\"id\": "
                            + string(pair.id())
                            + ", \"name\": "
                            + string(pair.get("name", ""))
                            + ", \"value\": "
                            + string(pair.get("value", ""))
                            + "}");
        }
        List<String> options = new ArrayList<>();
        set.attributes()
                .forEach((name, value) -> {
                    if (!name.equals("id") && !name.equals("id-ref")) {
                        options.add(string(name) + ": " + string(value));
                    }
                });
        return "{\"nvsets\": [{\"id\": "
                + string(set.id())
                + ", \"options\": {"
                + String.join(", ", options)
                + "}, \"rule\": null, \"nvpairs\": ["
                + String.join(", ", pairs)
                + "]}]}";
    }

    static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u").append("%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}

package org.holdfast.cib.xpath;

import java.util.List;

/** XPath's core functions, without those on namespaces and ids. */
final class Functions {

    private Functions() {}

    static Value call(String name, List<Value> arguments, Evaluator.Context context)
            throws XPathException {
        int count = arguments.size();
        return switch (name) {
            case "position" -> new Value.Num(context.position());
            case "last" -> new Value.Num(context.size());
            case "true" -> new Value.Bool(true);
            case "false" -> new Value.Bool(false);
            case "count" -> new Value.Num(argument(name, arguments, 0).nodes().size());
            case "not" -> new Value.Bool(!argument(name, arguments, 0).truth());
            case "boolean" -> new Value.Bool(argument(name, arguments, 0).truth());
            case "name", "local-name" -> new Value.Text(nodeName(arguments, context));
            case "string" -> new Value.Text(text(arguments, context));
            case "number" ->
                    new Value.Num(
                            count == 0
                                    ? Value.parse(text(arguments, context))
                                    : arguments.getFirst().number());
            case "string-length" -> new Value.Num(text(arguments, context).codePoints().count());
            case "normalize-space" ->
                    new Value.Text(text(arguments, context).strip().replaceAll("\\s+", " "));
            case "sum" -> new Value.Num(sum(argument(name, arguments, 0)));
            case "floor" -> new Value.Num(Math.floor(argument(name, arguments, 0).number()));
            case "ceiling" -> new Value.Num(Math.ceil(argument(name, arguments, 0).number()));
            case "round" -> new Value.Num(Math.floor(argument(name, arguments, 0).number() + 0.5));
            default -> texts(name, arguments);
        };
    }

    private static Value texts(String name, List<Value> arguments) throws XPathException {
        if (name.equals("concat")) {
            StringBuilder all = new StringBuilder();
            arguments.forEach(value -> all.append(value.string()));
            return new Value.Text(all.toString());
        }
        String text = argument(name, arguments, 0).string();
        String other = argument(name, arguments, 1).string();
        int found = text.indexOf(other);
        return switch (name) {
            case "contains" -> new Value.Bool(found >= 0);
            case "starts-with" -> new Value.Bool(text.startsWith(other));
            case "substring-before" -> new Value.Text(found < 0 ? "" : text.substring(0, found));
            case "substring-after" ->
                    new Value.Text(found < 0 ? "" : text.substring(found + other.length()));
            case "substring" -> new Value.Text(substring(text, arguments));
            case "translate" ->
                    new Value.Text(translate(text, other, argument(name, arguments, 2).string()));
            default -> throw new XPathException("unknown function '" + name + "'");
        };
    }

    private static Value argument(String name, List<Value> arguments, int index)
            throws XPathException {
        if (index >= arguments.size()) {
            throw new XPathException("unknown function or too few arguments: " + name + "()");
        }
        return arguments.get(index);
    }

    private static String text(List<Value> arguments, Evaluator.Context context) {
        if (!arguments.isEmpty()) {
            return arguments.getFirst().string();
        }
        Location node = context.node();
        return node == null ? "" : node.text();
    }

    private static String nodeName(List<Value> arguments, Evaluator.Context context)
            throws XPathException {
        if (arguments.isEmpty()) {
            Location node = context.node();
            return node == null ? "" : node.name();
        }
        List<Location> nodes = arguments.getFirst().nodes();
        return nodes.isEmpty() ? "" : nodes.getFirst().name();
    }

    private static double sum(Value value) throws XPathException {
        double sum = 0;
        for (Location node : value.nodes()) {
            sum += Value.parse(node.text());
        }
        return sum;
    }

    private static String substring(String text, List<Value> arguments) {
        double start = Math.floor(arguments.get(1).number() + 0.5);
        double end =
                arguments.size() < 3
                        ? Double.POSITIVE_INFINITY
                        : start + Math.floor(arguments.get(2).number() + 0.5);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (i + 1 >= start && i + 1 < end) {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    private static String translate(String text, String from, String to) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int found = from.indexOf(text.charAt(i));
            if (found < 0) {
                out.append(text.charAt(i));
            } else if (found < to.length()) {
                out.append(to.charAt(found));
            }
        }
        return out.toString();
    }
}

package org.holdfast.cib.xpath;

import java.util.List;

/** XPath's core functions, without those on namespaces and ids. */
final class Functions {

    /** Work of going through a text for its spaces. */
    private static final int SPACES = 10;

    private Functions() {}

    static Value call(String name, List<Value> arguments, Evaluator.Context context, Work work)
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
            case "string" -> new Value.Text(text(arguments, context, work));
            case "number" ->
                    new Value.Num(
                            count == 0
                                    ? Value.parse(text(arguments, context, work), work)
                                    : arguments.getFirst().number(work));
            case "string-length" -> {
                String text = text(arguments, context, work);
                work.spend(text.length() >> 4);
                yield new Value.Num(text.codePointCount(0, text.length()));
            }
            case "normalize-space" -> {
                String text = text(arguments, context, work);
                work.spend(SPACES + text.length());
                yield new Value.Text(text.strip().replaceAll("\\s+", " "));
            }
            case "sum" -> new Value.Num(sum(argument(name, arguments, 0), work));
            case "floor" -> new Value.Num(Math.floor(argument(name, arguments, 0).number(work)));
            case "ceiling" -> new Value.Num(Math.ceil(argument(name, arguments, 0).number(work)));
            case "round" ->
                    new Value.Num(Math.floor(argument(name, arguments, 0).number(work) + 0.5));
            default -> texts(name, arguments, work);
        };
    }

    private static Value texts(String name, List<Value> arguments, Work work)
            throws XPathException {
        if (name.equals("concat")) {
            StringBuilder all = new StringBuilder();
            for (Value value : arguments) {
                String part = value.string(work);
                work.spend(part.length() >> 4);
                all.append(part);
            }
            return new Value.Text(all.toString());
        }
        String text = argument(name, arguments, 0).string(work);
        String other = argument(name, arguments, 1).string(work);
        work.spend(search(text, other));
        int found = text.indexOf(other);
        return switch (name) {
            case "contains" -> new Value.Bool(found >= 0);
            case "starts-with" -> new Value.Bool(text.startsWith(other));
            case "substring-before" -> new Value.Text(found < 0 ? "" : text.substring(0, found));
            case "substring-after" ->
                    new Value.Text(found < 0 ? "" : text.substring(found + other.length()));
            case "substring" -> new Value.Text(substring(text, arguments, work));
            case "translate" ->
                    new Value.Text(
                            translate(
                                    text, other, argument(name, arguments, 2).string(work), work));
            default -> throw new XPathException("unknown function '" + name + "'");
        };
    }

    /** A search is quadratic if the texts are made for it. */
    private static long search(String text, String part) {
        return part.length() > text.length() ? 0 : (long) text.length() * part.length() >> 5;
    }

    private static Value argument(String name, List<Value> arguments, int index)
            throws XPathException {
        if (index >= arguments.size()) {
            throw new XPathException("unknown function or too few arguments: " + name + "()");
        }
        return arguments.get(index);
    }

    private static String text(List<Value> arguments, Evaluator.Context context, Work work) {
        if (!arguments.isEmpty()) {
            return arguments.getFirst().string(work);
        }
        Location node = context.node();
        return node == null ? "" : node.text(work);
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

    private static double sum(Value value, Work work) throws XPathException {
        double sum = 0;
        for (Location node : value.nodes()) {
            sum += Value.parse(node.text(work), work);
        }
        return sum;
    }

    private static String substring(String text, List<Value> arguments, Work work) {
        work.spend(text.length() >> 3);
        double start = Math.floor(arguments.get(1).number(work) + 0.5);
        double end =
                arguments.size() < 3
                        ? Double.POSITIVE_INFINITY
                        : start + Math.floor(arguments.get(2).number(work) + 0.5);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (i + 1 >= start && i + 1 < end) {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    private static String translate(String text, String from, String to, Work work) {
        work.spend(text.length() * (1L + (from.length() >> 4)));
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

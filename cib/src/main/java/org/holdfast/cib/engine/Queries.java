package org.holdfast.cib.engine;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.Text;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.xpath.Location;
import org.holdfast.cib.xpath.Work;
import org.holdfast.cib.xpath.XPath;
import org.jspecify.annotations.Nullable;

/** Answers queries. */
final class Queries {

    private Queries() {}

    static Step query(Element cib, CibRequest request, Work work) {
        if (request.has(CallOptions.XPATH)) {
            return queryMatches(cib, request, work);
        }
        String section = request.section();
        Element found =
                Sections.find(
                        cib, section != null && section.equalsIgnoreCase("all") ? null : section);
        if (found == null) {
            return Step.failed(Rc.ENXIO, cib);
        }
        return answer(cib, shallow(found, request));
    }

    private static Step answer(Element cib, @Nullable Element output) {
        return new Step(Rc.OK, cib, output, Step.Touched.NOTHING);
    }

    private static Element shallow(Element element, CibRequest request) {
        return request.has(CallOptions.NO_CHILDREN) ? element.withChildren(List.of()) : element;
    }

    private static Step queryMatches(Element cib, CibRequest request, Work work) {
        List<Location> matches =
                XPath.selectOrNothing(
                        cib, request.section() == null ? "" : request.section(), work);
        if (matches.isEmpty()) {
            return Step.failed(Rc.ENXIO, cib);
        }
        boolean addresses = request.has(CallOptions.XPATH_ADDRESS);
        if (matches.size() == 1 && matches.getFirst().isElement()) {
            Element only = matches.getFirst().element();
            if (only != null && (request.has(CallOptions.NO_CHILDREN) || !addresses)) {
                return answer(cib, shallow(only, request));
            }
        }
        Element attributes = Element.of("xpath-query");
        List<Node> all = new ArrayList<>();
        for (Location match : matches) {
            Element element = addresses ? match.holder().element() : match.element();
            if (element != null && request.has(CallOptions.NO_CHILDREN)) {
                all.add(shallow(element, request));
            } else if (element != null && addresses) {
                all.add(Element.of("xpath-query-path", "id", address(match.holder())));
            } else if (element != null) {
                count(element, work);
                all.add(element);
            } else if (match.isAttribute()) {
                attributes = attributes.with(match.name(), match.value());
            } else {
                Node node = match.node();
                all.add(node == null ? new Text("") : node); // the document itself is no text
            }
        }
        return answer(cib, attributes.withChildren(all));
    }

    /** What matches within a match is printed again, so an answer may be long. */
    private static void count(Element element, Work work) {
        work.spend(1);
        for (Node child : element.children()) {
            if (child instanceof Element inner) {
                count(inner, work);
            }
        }
    }

    private static String address(Location location) {
        StringBuilder path = new StringBuilder();
        for (Location at = location; at != null; at = at.parent()) {
            Element element = at.element();
            if (element != null) {
                String id = element.get("id");
                path.insert(0, "/" + element.name() + (id == null ? "" : "[@id='" + id + "']"));
            }
        }
        return path.toString();
    }
}

package org.holdfast.cib.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.holdfast.cib.digest.Digests;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.Text;
import org.holdfast.cib.engine.Step.Touched;
import org.holdfast.cib.patch.CibVersion;
import org.holdfast.cib.patch.Patchset;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.xpath.Location;
import org.holdfast.cib.xpath.Work;
import org.holdfast.cib.xpath.XPath;
import org.jspecify.annotations.Nullable;

/** The operations that change a CIB, each a function of document and request. */
final class Operations {

    private final Schemas schemas;

    Operations(Schemas schemas) {
        this.schemas = schemas;
    }

    Step apply(Element cib, CibRequest request, Work work) {
        return switch (request.operation()) {
            case QUERY -> Queries.query(cib, request, work);
            case CREATE -> create(cib, request, work);
            case MODIFY -> modify(cib, request, work);
            case REPLACE -> replace(cib, request, work);
            case DELETE -> delete(cib, request, work);
            case ERASE -> erase(cib);
            case BUMP ->
                    Step.done(cib.with("epoch", "" + (CibVersion.number(cib, "epoch", 0) + 1)));
            case UPGRADE -> upgrade(cib, request);
            case APPLY_PATCH -> patch(cib, request);
            case COMMIT_TRANSACTION -> Step.failed(Rc.NO_TRANSACTION, cib);
        };
    }

    /** The part of the data that the request's section means. */
    private static @Nullable Element input(CibRequest request) {
        Element data = request.data();
        if (data != null && request.section() != null && data.name().equals("cib")) {
            return Sections.find(data, request.section());
        }
        return data;
    }

    private static Step patch(Element cib, CibRequest request) {
        Element patchset = request.data();
        if (patchset == null) {
            return Step.done(cib);
        }
        Patchset.Applied applied = Patchset.apply(cib, patchset, true);
        return new Step(applied.returnCode(), applied.document(), null, Touched.NOTHING);
    }

    // --- create

    private static Step create(Element cib, CibRequest request, Work work) {
        Element input = input(request);
        if (input == null) {
            return Step.failed(Rc.EINVAL, cib);
        }
        String section = request.section();
        if (section != null && (section.equalsIgnoreCase("all") || section.equalsIgnoreCase("cib"))
                || input.name().equals("cib")) {
            return modify(cib, request, work);
        }
        Place place = Sections.place(cib, section);
        List<Node> additions =
                input.name().equals(section)
                        ? input.children().stream().filter(n -> !(n instanceof Text)).toList()
                        : List.of(input);
        Element parent = place == null ? null : place.element();
        for (Node addition : additions) {
            int code = parent == null ? Rc.EINVAL : isThere(parent, addition) ? Rc.EEXIST : Rc.OK;
            if (code != Rc.OK || parent == null) {
                return new Step(code, cib, failure(addition, request, code), Touched.NOTHING);
            }
            parent = parent.append(withoutReplaceMarks(addition));
        }
        return Step.done(place == null || parent == null ? cib : place.with(parent));
    }

    private static boolean isThere(Element parent, Node addition) {
        if (!(addition instanceof Element element)) {
            return false;
        }
        String id = element.get("id");
        return id == null
                ? parent.first(element.name()) != null
                : parent.indexOf(element.name(), id) >= 0;
    }

    /** An attribute of old requests that must not get into the CIB. */
    private static Node withoutReplaceMarks(Node node) {
        return node instanceof Element element ? stripped(element) : node;
    }

    private static Element stripped(Element element) {
        return element.without("replace").mapElements(Operations::stripped);
    }

    private static Element failure(Node addition, CibRequest request, int code) {
        Element.Builder failed = Element.builder("failed_update");
        if (addition instanceof Element element) {
            failed.optional("id", element.get("id")).attribute("object-type", element.name());
        } else {
            failed.attribute("object-type", "comment");
        }
        failed.attribute("operation", request.operation().messageName())
                .attribute("reason", Rc.describe(code))
                .child(addition);
        return Element.of("failed").append(failed.build());
    }

    // --- modify

    private static Step modify(Element cib, CibRequest request, Work work) {
        return request.has(CallOptions.XPATH)
                ? modifyMatches(cib, request, work)
                : modifySection(cib, request);
    }

    private static Step modifyMatches(Element cib, CibRequest request, Work work) {
        Element update = request.data();
        if (update == null) {
            return Step.failed(Rc.EINVAL, cib);
        }
        String path = request.section() == null ? "/cib" : request.section();
        List<Location> matches = XPath.selectOrNothing(cib, path, work);
        if (matches.isEmpty()) {
            return Step.failed(Rc.ENXIO, cib);
        }
        Element document = cib;
        int code = Rc.OK;
        for (Location match : matches) {
            Element merged =
                    match.isElement()
                            ? merge(Place.at(document, match.path()), update, request)
                            : null;
            if (merged == null) {
                code = Rc.ENXIO;
                continue;
            }
            document = merged;
            if (!request.has(CallOptions.MULTIPLE)) {
                break;
            }
        }
        return new Step(code, document, null, Touched.NOTHING);
    }

    /** The document with the update merged into the first match from a place on; null if none. */
    private static @Nullable Element merge(Place from, Element update, CibRequest request) {
        String id = update.get("id");
        Place target =
                from.first(element ->
                        element.name().equals(update.name())
                                && Objects.equals(element.get("id"), id));
        if (target == null) {
            return null;
        }
        Merge merge = new Merge(request.has(CallOptions.SCORE_UPDATE));
        return target.with(merge.into(target.element(), update));
    }

    private static Step modifySection(Element cib, CibRequest request) {
        Element input = input(request);
        if (input == null) {
            return Step.failed(Rc.EINVAL, cib);
        }
        Element document = cib;
        String section = request.section();
        Place place = Sections.place(cib, section);
        if (place == null) {
            List<String> path = Sections.pathOf(section);
            if (section == null || path == null || path.isEmpty()) {
                return Step.failed(Rc.EINVAL, cib);
            }
            Place parent = Sections.place(cib, path.size() == 1 ? null : "configuration");
            if (parent == null) {
                return Step.failed(Rc.EINVAL, cib);
            }
            document = parent.with(parent.element().append(Element.of(section)));
            place = Sections.place(document, section);
            if (place == null) {
                return Step.failed(Rc.EINVAL, cib);
            }
        }
        Element merged = merge(place, input, request);
        if (merged != null) {
            return Step.done(merged);
        }
        return request.has(CallOptions.CAN_CREATE)
                ? Step.done(place.with(place.element().append(input)))
                : Step.failed(Rc.ENXIO, cib);
    }

    // --- replace

    private static Step replace(Element cib, CibRequest request, Work work) {
        if (request.has(CallOptions.XPATH)) {
            return replaceMatches(cib, request, work);
        }
        Element input = input(request);
        if (input == null) {
            return Step.failed(Rc.EINVAL, cib);
        }
        if (input.name().equals("cib")) {
            return replaceAll(cib, request);
        }
        String section = request.section();
        boolean whole =
                section != null
                        && (section.equalsIgnoreCase("all") || section.equals(input.name()));
        Place place = Sections.place(cib, whole ? null : section);
        if (place == null) {
            return Step.failed(Rc.EINVAL, cib);
        }
        String id = input.get("id");
        Place target =
                place.firstBelow(element ->
                        element.name().equals(input.name())
                                && (id == null || id.equals(element.get("id"))));
        if (target == null) {
            return Step.failed(Rc.ENXIO, cib);
        }
        boolean configuration = target.parentOrSelf().isBelow("configuration");
        return Step.touched(
                target.with(input), configuration ? Touched.CONFIGURATION : Touched.DOCUMENT);
    }

    private static Step replaceMatches(Element cib, CibRequest request, Work work) {
        Element input = request.data();
        if (input == null) {
            return Step.failed(Rc.EINVAL, cib);
        }
        List<Location> matches =
                XPath.selectOrNothing(
                        cib, request.section() == null ? "" : request.section(), work);
        if (matches.isEmpty()) {
            return Step.failed(Rc.ENXIO, cib);
        }
        Element document = cib;
        boolean configuration = false;
        List<Location> chosen =
                request.has(CallOptions.MULTIPLE) ? matches.reversed() : matches.subList(0, 1);
        for (Location match : chosen) {
            Place place = Place.at(document, match.holder().path());
            if (place.isRoot()) {
                return replaceAll(cib, request);
            }
            configuration |= Place.at(cib, match.holder().path()).isBelow("configuration");
            Place parent = place.parentOrSelf();
            document = parent.with(parent.element().remove(place.index()).append(input));
        }
        return Step.touched(document, configuration ? Touched.CONFIGURATION : Touched.DOCUMENT);
    }

    private static Step replaceAll(Element cib, CibRequest request) {
        Element input = request.data();
        if (input == null) {
            return Step.failed(Rc.EINVAL, cib);
        }
        if (request.digest() != null
                && !request.digest().equalsIgnoreCase(Digests.inMessages(input))) {
            return Step.failed(Rc.DIGEST_MISMATCH, cib);
        }
        CibVersion before = details(cib);
        CibVersion after = details(input);
        return after.compareTo(before) < 0
                ? Step.failed(Rc.OLD_DATA, cib)
                : Step.touched(input, Touched.DOCUMENT);
    }

    /** The version, with -1 for what is missing: a replacement without version is an old one. */
    private static CibVersion details(Element cib) {
        return new CibVersion(
                CibVersion.number(cib, "admin_epoch", -1),
                CibVersion.number(cib, "epoch", -1),
                CibVersion.number(cib, "num_updates", -1));
    }

    // --- delete, erase

    private static Step delete(Element cib, CibRequest request, Work work) {
        return request.has(CallOptions.XPATH)
                ? deleteMatches(cib, request, work)
                : deleteInSection(cib, request);
    }

    private static Step deleteMatches(Element cib, CibRequest request, Work work) {
        List<Location> matches =
                new ArrayList<>(
                        XPath.selectOrNothing(
                                cib, request.section() == null ? "" : request.section(), work));
        if (!request.has(CallOptions.MULTIPLE) && !matches.isEmpty()) {
            matches = List.of(matches.getFirst());
        }
        Element document = cib;
        for (Location match : matches.reversed()) {
            Place holder = Place.at(document, match.holder().path());
            if (match.isElement()) {
                if (holder.isRoot()) {
                    return Step.failed(Rc.EINVAL, cib);
                }
                document = holder.without();
            } else if (match.isAttribute()) {
                document = holder.with(holder.element().without(match.name()));
            } else if (match.node() != null) {
                document = holder.with(holder.element().remove(match.index()));
            } else {
                return Step.failed(Rc.EINVAL, cib);
            }
        }
        return Step.done(document);
    }

    private static Step deleteInSection(Element cib, CibRequest request) {
        Element input = input(request);
        if (input == null) {
            return Step.failed(Rc.EINVAL, cib);
        }
        List<Element> patterns =
                input.name().equals(request.section()) ? input.elements() : List.of(input);
        Element document = cib;
        for (Element pattern : patterns) {
            Place section = Sections.place(document, request.section());
            Place match =
                    section == null ? null : section.firstBelow(element -> fits(element, pattern));
            if (match != null) {
                document = match.without();
            }
        }
        return Step.done(document);
    }

    private static boolean fits(Element element, Element pattern) {
        if (!element.name().equals(pattern.name())) {
            return false;
        }
        for (int i = 0; i < pattern.attributeCount(); i++) {
            String value = element.get(pattern.attributeName(i));
            if (value == null || !value.equalsIgnoreCase(pattern.attributeValue(i))) {
                return false;
            }
        }
        return true;
    }

    private static Step erase(Element cib) {
        Element empty =
                cib.withChildren(List.of(Sections.emptyConfiguration(), Element.of("status")))
                        .with("admin_epoch", "" + (CibVersion.number(cib, "admin_epoch", 0) + 1));
        return Step.touched(empty, Touched.CONFIGURATION);
    }

    // --- upgrade

    private Step upgrade(Element cib, CibRequest request) {
        Schemas.Upgraded upgraded = schemas.upgrade(cib, request.schemaMax());
        Element result = upgraded.cib();
        if (schemas.compare(result.get("validate-with"), cib.get("validate-with")) > 0) {
            return Step.done(
                    result.with(
                                    "admin_epoch",
                                    "" + (CibVersion.number(result, "admin_epoch", 0) + 1))
                            .with("epoch", "1")
                            .with("num_updates", "1"));
        }
        return upgraded.returnCode() == Rc.OK
                ? Step.touched(result, Touched.DOCUMENT)
                : Step.failed(upgraded.returnCode(), cib);
    }
}

package org.holdfast.cib.patch;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.digest.Digests;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.patch.Difference.AttributeChange;
import org.holdfast.cib.patch.Difference.Change;
import org.holdfast.cib.result.Rc;
import org.jspecify.annotations.Nullable;

/** Patchsets: {@code <diff format="2">}. */
public final class Patchset {

    private static final String[] VERSION_FIELDS = {"admin_epoch", "epoch", "num_updates"};

    private Patchset() {}

    /**
     * What applying a patchset came to.
     *
     * @param returnCode a code of {@link Rc}
     * @param document the document afterwards: unchanged unless the code is 0
     */
    public record Applied(int returnCode, Element document) {}

    /**
     * The versions that a patchset leads from and to.
     *
     * @param source the version before; null if it names none
     * @param target the version after; null if it names none
     */
    public record Versions(@Nullable CibVersion source, @Nullable CibVersion target) {}

    /** The patchset that leads from one document to another, given the changes between them. */
    public static Element of(Element source, Element target, List<Change> changes) {
        Element.Builder diff = Element.builder("diff").attribute("format", "2");
        diff.child(
                Element.builder("version")
                        .child(versionOf("source", source))
                        .child(versionOf("target", withVersionOf(source, target)))
                        .build());
        for (Change change : changes) {
            diff.child(encode(change));
        }
        return diff.build();
    }

    /**
     * As {@link #of}, and applying it leads to the target also where several elements move at once:
     * the positions that Pacemaker computes for moves then may not, and each of the root's children
     * is replaced as a whole.
     */
    public static Element exact(Element source, Element target, List<Change> changes) {
        Element patchset = of(source, target, changes);
        if (changes.stream().noneMatch(Difference.Moved.class::isInstance)
                || apply(source, patchset, false).document().equals(target)) {
            return patchset;
        }
        List<Change> all = new ArrayList<>();
        String root = "/" + source.name();
        for (Element child : source.elements()) {
            all.add(new Difference.Deleted(Difference.pathOf(root, child), -1));
        }
        for (Change change : changes) {
            if (change instanceof Difference.Modified && change.path().equals(root)) {
                all.add(change);
            }
        }
        List<Element> children = target.elements();
        for (int i = 0; i < children.size(); i++) {
            all.add(new Difference.Created(root, i, children.get(i)));
        }
        return of(source, target, all);
    }

    /** A field of the version that was removed is still there when the patchset is made. */
    private static Element withVersionOf(Element source, Element target) {
        Element complete = target;
        for (String field : VERSION_FIELDS) {
            String value = target.get(field) == null ? source.get(field) : null;
            complete = value == null ? complete : complete.with(field, value);
        }
        return complete;
    }

    private static Element versionOf(String tag, Element cib) {
        Element.Builder version = Element.builder(tag);
        for (String field : VERSION_FIELDS) {
            version.attribute(field, cib.getOr(field, "1"));
        }
        return version.build();
    }

    private static Element encode(Change change) {
        return switch (change) {
            case Difference.Deleted(String path, int position) -> {
                Element deleted = element("delete", path);
                yield position < 0 ? deleted : deleted.with("position", "" + position);
            }
            case Difference.Created(String path, int position, Node node) ->
                    element("create", path).with("position", "" + position).append(node);
            case Difference.Moved(String path, int position) ->
                    element("move", path).with("position", "" + position);
            case Difference.Modified(
                            String path,
                            List<AttributeChange> attributes,
                            Element result) ->
                    element("modify", path)
                            .append(changeList(attributes))
                            .append(
                                    Element.of("change-result")
                                            .append(result.withChildren(List.of())));
        };
    }

    private static Element element(String operation, String path) {
        return Element.of("change", "operation", operation, "path", path);
    }

    private static Element changeList(List<AttributeChange> attributes) {
        Element.Builder list = Element.builder("change-list");
        for (AttributeChange attribute : attributes) {
            String value = attribute.value();
            list.child(
                    value == null
                            ? Element.of(
                                    "change-attr", "name", attribute.name(), "operation", "unset")
                            : Element.of(
                                    "change-attr",
                                    "name",
                                    attribute.name(),
                                    "operation",
                                    "set",
                                    "value",
                                    value));
        }
        return list.build();
    }

    /** The patchset with the digest of the document that it leads to. */
    public static Element withDigest(Element patchset, Element target) {
        return patchset.with("digest", Digests.inMessages(target));
    }

    /** The versions in a patchset, or null if it is not of format 2 or names broken ones. */
    public static @Nullable Versions versionsOf(Element patchset) {
        if (CibVersion.number(patchset, "format", 0) != 2) {
            return null;
        }
        Element source = patchset.path("version", "source");
        Element target = patchset.path("version", "target");
        if (source != null && !isComplete(source) || target != null && !isComplete(target)) {
            return null;
        }
        return new Versions(
                source == null ? null : CibVersion.of(source),
                target == null ? null : CibVersion.of(target));
    }

    private static boolean isComplete(Element version) {
        for (String field : VERSION_FIELDS) {
            if (CibVersion.numberOrNull(version, field) == null) {
                return false;
            }
        }
        return true;
    }

    /**
     * Applies a patchset: all of it, or nothing.
     *
     * @param checkVersion whether the document must have the version that the patchset starts from
     */
    public static Applied apply(Element document, Element patchset, boolean checkVersion) {
        int code = checkVersion ? checkVersions(document, patchset) : Rc.OK;
        if (code == Rc.OK && CibVersion.number(patchset, "format", 1) != 2) {
            code = Rc.EINVAL;
        }
        if (code != Rc.OK) {
            return new Applied(code, document);
        }
        PatchTarget target = new PatchTarget(document);
        code = target.apply(patchset);
        if (code != Rc.OK) {
            return new Applied(code, document);
        }
        Element result = target.result();
        String digest = patchset.get("digest");
        if (result == null
                || digest != null && !digest.equalsIgnoreCase(Digests.inMessages(result))) {
            return new Applied(Rc.DIFF_FAILED, document);
        }
        return new Applied(Rc.OK, result);
    }

    private static int checkVersions(Element document, Element patchset) {
        CibVersion here = CibVersion.of(document);
        CibVersion current =
                new CibVersion(
                        Math.max(0, here.adminEpoch()),
                        Math.max(0, here.epoch()),
                        Math.max(0, here.numUpdates()));
        Versions versions = versionsOf(patchset);
        if (versions == null) {
            return Rc.EINVAL;
        }
        CibVersion source = versions.source() == null ? current : versions.source();
        CibVersion target =
                versions.target() == null
                        ? new CibVersion(
                                current.adminEpoch(), current.epoch(), current.numUpdates() + 1)
                        : versions.target();
        int order = current.compareTo(source);
        if (order != 0) {
            return order < 0 ? Rc.DIFF_FAILED : Rc.OLD_DATA;
        }
        boolean newer =
                target.adminEpoch() > source.adminEpoch()
                        || target.epoch() > source.epoch()
                        || target.numUpdates() > source.numUpdates();
        return newer ? Rc.OK : Rc.OLD_DATA;
    }
}

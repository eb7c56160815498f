package org.holdfast.tools.resource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.tools.cib.CibClient;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.jspecify.annotations.Nullable;

/** Sets and removes parameters of resources. */
final class ParameterEditor {

    private static final String RESOURCES = "resources";
    private static final String ELEMENT = "element";

    /**
     * Which parameter.
     *
     * @param kind tag of the set, or {@code element} for an attribute of the resource's element
     * @param name the parameter's name
     * @param set id of the set, if the user chose one
     * @param id id of the name-value pair, if the user chose one
     */
    record Target(String kind, String name, @Nullable String set, @Nullable String id) {

        Target inAnySet() {
            return new Target(kind, name, null, null);
        }
    }

    /** A name-value pair that was looked for. */
    private record Found(int rc, @Nullable Element pair) {}

    private record Update(
            Resource resource, Target target, @Nullable String set, @Nullable String pair) {}

    private final Session session;
    private final Output out;

    ParameterEditor(Session session) {
        this.session = session;
        this.out = session.out();
    }

    /** Sets a parameter. */
    int set(Resource resource, String requested, Target target, String value, boolean recursive)
            throws UsageException {
        if (target.kind.equals(ELEMENT)) {
            Element element = configured(resource);
            Failures.check(session.replace(RESOURCES, element.with(target.name, value)));
            out.info("Set attribute: name=" + target.name + " value=" + value);
            return ExitCode.OK;
        }
        List<Update> done = new ArrayList<>();
        Set<Resource> visited = new HashSet<>();
        update(resource, requested, target, value, recursive ? visited : null, done);
        show(done, value);
        return ExitCode.OK;
    }

    private void update(
            Resource resource,
            String requested,
            Target target,
            String value,
            @Nullable Set<Resource> visited,
            List<Update> done)
            throws UsageException {
        String top = resource.top(false).id;
        if (target.id == null && !session.force()) {
            find(top, null, null, null, target.name);
        }
        for (Resource one : toUpdate(resource, requested, target, top)) {
            done.add(update(one, target, value));
            if (visited != null && target.kind.equals("meta_attributes")) {
                visited.add(one);
                session.withConstraints();
                for (Colocation colocation : one.withThis) {
                    Resource dependent = colocation.dependent();
                    if (colocation.score() > 0 && !visited.contains(dependent)) {
                        update(dependent, dependent.id, target.inAnySet(), value, visited, done);
                    }
                }
            }
        }
    }

    private List<Resource> toUpdate(Resource resource, String requested, Target target, String top)
            throws UsageException {
        List<Resource> resources;
        if (target.kind.equals("instance_attributes")) {
            if (!session.force()) {
                refuseIfMeta(top, target);
            }
            resources = List.of(resource);
        } else {
            resources = matching(resource, requested, target, "update");
        }
        return target.set == null && target.id == null ? resources : List.of(resources.getLast());
    }

    private void refuseIfMeta(String top, Target target) throws UsageException {
        Found meta = find(top, "meta_attributes", target.set, target.id, target.name);
        if (meta.rc != Rc.OK && meta.rc != Rc.ENOTUNIQ) {
            return;
        }
        String id = meta.pair == null ? "(null)" : meta.pair.getOr("id", "(null)");
        if (!session.isQuiet()) {
            out.error(
                    "WARNING: There is already a meta attribute for '"
                            + top
                            + "' called '"
                            + target.name
                            + "' (id="
                            + id
                            + ")");
            out.error("         Delete '" + id + "' first or use the force option to override");
        }
        throw Failures.of(Rc.ENOTUNIQ, null);
    }

    private Update update(Resource resource, Target target, String value) throws UsageException {
        String owner = ResourceSearch.withoutNumber(resource.id);
        Found found = find(owner, target.kind, target.set, target.id, target.name);
        String set = target.set;
        String id;
        Element data;
        if (found.rc == Rc.OK && found.pair != null) {
            id = found.pair.id();
            data = pair(id, target.name, value);
        } else if (found.rc == Rc.ENXIO) {
            set = set == null ? owner + "-" + target.kind : set;
            id = target.id == null ? set + "-" + target.name : target.id;
            data =
                    Element.builder(configured(resource).name())
                            .attribute("id", owner)
                            .child(
                                    Element.builder(target.kind)
                                            .attribute("id", set)
                                            .child(pair(id, target.name, value))
                                            .build())
                            .build();
        } else {
            throw Failures.of(found.rc, null);
        }
        Failures.check(session.modify(RESOURCES, data));
        // An id that the user chose for a new pair is not repeated to him.
        boolean repeat = found.rc == Rc.OK || target.id == null;
        return new Update(resource, target, set, repeat ? id : null);
    }

    private static Element pair(String id, String name, String value) {
        return Element.of("nvpair", "id", id, "name", name, "value", value);
    }

    private void show(List<Update> updates, String value) {
        XmlOutput xml = out.xml();
        if (xml == null) {
            for (Update update : updates) {
                out.info(
                        "Set '"
                                + ResourceSearch.withoutNumber(update.resource.id)
                                + "' option: id="
                                + (update.pair == null ? "(null)" : update.pair)
                                + (update.set == null ? "" : " set=" + update.set)
                                + " name="
                                + update.target.name
                                + " value="
                                + value);
            }
            return;
        }
        xml.push("resource-settings");
        for (Update update : updates) {
            xml.push(update.resource.xml.name()).set("id", update.resource.id);
            xml.push(update.target.kind).set("id", update.set);
            xml.add("nvpair")
                    .set("id", update.pair)
                    .set("value", value)
                    .set("name", update.target.name);
            xml.pop();
            xml.pop();
        }
        xml.pop();
    }

    /** Removes a parameter. */
    int delete(Resource resource, String requested, Target target) throws UsageException {
        if (target.id == null && !session.force()) {
            find(resource.top(false).id, null, null, null, target.name);
        }
        if (target.kind.equals(ELEMENT)) {
            Failures.check(session.replace(RESOURCES, configured(resource).without(target.name)));
            out.info("Deleted attribute: " + target.name);
            return ExitCode.OK;
        }
        List<Resource> resources =
                target.kind.equals("meta_attributes")
                        ? matching(resource, requested, target, "delete")
                        : List.of(resource);
        int rc = Rc.OK;
        for (Resource one : resources) {
            String owner = ResourceSearch.withoutNumber(one.id);
            Found found = find(owner, target.kind, target.set, target.id, target.name);
            rc = found.rc;
            if (rc == Rc.ENXIO) {
                continue;
            }
            if (rc != Rc.OK || found.pair == null) {
                throw Failures.of(rc, null);
            }
            String id = target.id == null ? found.pair.id() : target.id;
            rc = session.remove(RESOURCES, Element.of("nvpair", "id", id, "name", target.name));
            if (rc == Rc.OK) {
                out.info(
                        "Deleted '"
                                + owner
                                + "' option: id="
                                + found.pair.id()
                                + (target.set == null ? "" : " set=" + target.set)
                                + " name="
                                + target.name);
            }
        }
        Failures.check(rc);
        return ExitCode.OK;
    }

    /**
     * The resources that a change of a meta-attribute is for. An instance's is changed where it is
     * set, else in its clone; a group's also in members that have their own.
     */
    private List<Resource> matching(
            Resource resource, String requested, Target target, String verb) {
        if (session.force()) {
            return List.of(resource);
        }
        if (resource.parent instanceof Clone clone) {
            if (find(requested, target).rc == Rc.OK) {
                return List.of(resource);
            }
            out.info(
                    "Performing "
                            + verb
                            + " of '"
                            + target.name
                            + "' on '"
                            + clone.id
                            + "', the parent of '"
                            + requested
                            + "'");
            return List.of(clone);
        }
        if (resource instanceof Clone && resource.parent == null && !resource.children.isEmpty()) {
            Resource child = resource.children.getFirst();
            String childId = ResourceSearch.withoutNumber(child.id);
            if (child instanceof Primitive && find(childId, target).rc == Rc.OK) {
                out.info(
                        "A value for '"
                                + target.name
                                + "' already exists in child '"
                                + childId
                                + "', performing "
                                + verb
                                + " on that instead of '"
                                + requested
                                + "'");
                return List.of(child);
            }
            return List.of(resource);
        }
        List<Resource> found = new ArrayList<>();
        collect(resource, target, true, found);
        return found;
    }

    private void collect(Resource resource, Target target, boolean isTop, List<Resource> into) {
        for (Resource child : resource.children) {
            collect(child, target, false, into);
            if (resource instanceof Clone) {
                break;
            }
        }
        if (find(ResourceSearch.withoutNumber(resource.id), target).rc == Rc.OK || isTop) {
            into.add(resource);
        }
    }

    private Found find(String owner, Target target) {
        return find(owner, target.kind, target.set, target.id, target.name);
    }

    /** Looks for a name-value pair of a resource; says so if there are several. */
    private Found find(
            String owner,
            @Nullable String kind,
            @Nullable String set,
            @Nullable String id,
            String name) {
        StringBuilder xpath = new StringBuilder("/cib/configuration/resources//*[@id=\"");
        xpath.append(owner).append("\"]");
        if (kind != null) {
            xpath.append('/').append(kind);
            if (set != null) {
                xpath.append("[@id=\"").append(set).append("\"]");
            }
        }
        xpath.append("//nvpair[");
        if (id != null) {
            xpath.append("@id='").append(id).append("' and ");
        }
        xpath.append("@name='").append(name).append("']");
        CibClient.Result result = session.select(xpath.toString());
        Element match = result.output();
        if (result.returnCode() != Rc.OK || match == null) {
            return new Found(result.returnCode(), null);
        }
        if (match.elements().isEmpty()) {
            return new Found(Rc.OK, match);
        }
        out.info("Multiple attributes match name=" + name);
        for (Element pair : match.elements()) {
            out.info(
                    "  Value: "
                            + pair.getOr("value", "(null)")
                            + " \t(id="
                            + pair.getOr("id", "<none>")
                            + ")");
        }
        out.spacer();
        return new Found(Rc.ENOTUNIQ, match);
    }

    /** A resource's element in the CIB as it was read. */
    private Element configured(Resource resource) throws UsageException {
        Element resources = session.original().path("configuration", RESOURCES);
        Element found = resources == null ? null : withId(resources, resource.xml.id());
        if (found == null) {
            throw Failures.of(Rc.ENXIO, null);
        }
        return found;
    }

    private static @Nullable Element withId(Element parent, String id) {
        for (Element child : parent.elements()) {
            if (child.id().equals(id)) {
                return child;
            }
            Element found = withId(child, id);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}

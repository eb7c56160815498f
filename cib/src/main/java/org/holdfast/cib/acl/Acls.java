package org.holdfast.cib.acl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.nvpair.NvPairs;
import org.holdfast.cib.reference.References;
import org.holdfast.cib.rule.RuleEvaluator;
import org.holdfast.cib.rule.RuleInput;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.cib.value.Booleans;
import org.jspecify.annotations.Nullable;

/** The permissions of one user, as a CIB gives them. Immutable. */
public final class Acls {

    private final List<Permission> permissions;

    private Acls(List<Permission> permissions) {
        this.permissions = List.copyOf(permissions);
    }

    /** The permissions in the order in which they are applied. */
    public List<Permission> permissions() {
        return permissions;
    }

    /** Whether a user is subject to ACLs at all: everybody but root and hacluster. */
    public static boolean concern(@Nullable String user) {
        return user != null && !user.isEmpty() && !user.equals("root") && !user.equals("hacluster");
    }

    /** Whether a CIB restricts a user: it must have ACLs enabled. */
    public static boolean restrict(Element cib, @Nullable String user) {
        if (!concern(user)) {
            return false;
        }
        Element options = cib.path("configuration", "crm_config");
        References references = new References(cib);
        Map<String, String> values = new LinkedHashMap<>();
        new NvPairs(references, new RuleEvaluator(references))
                .resolve(
                        options,
                        "cluster_property_set",
                        "cib-bootstrap-options",
                        RuleInput.at(null, TimeContext.utc(0)),
                        values);
        return Booleans.isTrue(values.get("enable-acl"));
    }

    /**
     * The permissions of a user.
     *
     * @param inGroup whether a user (first) is a member of a group (second)
     */
    public static Acls of(Element cib, String user, BiPredicate<String, String> inGroup) {
        List<Permission> permissions = new ArrayList<>();
        Element acls = cib.path("configuration", "acls");
        if (acls != null) {
            for (Element entry : acls.elements()) {
                String name = entry.getOr("name", entry.id());
                boolean meant =
                        entry.name().equals("acl_target") && name.equals(user)
                                || entry.name().equals("acl_group") && inGroup.test(user, name);
                if (meant) {
                    addEntry(acls, entry, permissions);
                }
            }
        }
        return new Acls(permissions);
    }

    private static void addEntry(Element acls, Element entry, List<Permission> permissions) {
        for (Element child : entry.elements()) {
            if (child.name().equals("acl_permission")) {
                add(child, permissions);
            } else if (child.name().equals("role")) {
                String id = child.id();
                acls.elements("acl_role").stream()
                        .filter(role -> role.id().equals(id))
                        .findFirst()
                        .ifPresent(role ->
                                role.elements("acl_permission").forEach(p -> add(p, permissions)));
            }
        }
    }

    private static void add(Element permission, List<Permission> permissions) {
        Permission.Kind kind =
                switch (permission.getOr("kind", "")) {
                    case "read" -> Permission.Kind.READ;
                    case "write" -> Permission.Kind.WRITE;
                    case "deny" -> Permission.Kind.DENY;
                    default -> null;
                };
        String xpath = xpathOf(permission);
        if (kind != null && xpath != null) {
            permissions.add(new Permission(kind, xpath));
        }
    }

    private static @Nullable String xpathOf(Element permission) {
        String xpath = permission.get("xpath");
        if (xpath != null) {
            return xpath;
        }
        String tag = permission.get("object-type");
        String id = permission.get("reference");
        String attribute = permission.get("attribute");
        if (tag == null && id == null) {
            return null;
        }
        String path = "//" + (tag == null ? "*" : tag);
        if (id != null && attribute != null) {
            return path + "[@id='" + id + "' and @" + attribute + "]";
        }
        if (id != null) {
            return path + "[@id='" + id + "']";
        }
        return attribute == null ? path : path + "[@" + attribute + "]";
    }
}

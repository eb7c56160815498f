package org.holdfast.cib.upgrade;

import java.util.ArrayList;
import java.util.List;

/**
 * From 1.3 to 2.0: users become targets, their own entries become a role "auto-USER", and each
 * entry becomes an {@code acl_permission}.
 */
final class AclSyntax {

    private static final String AUTO = "auto-";
    private static final String[] ENTRIES = {"read", "write", "deny"};

    private AclSyntax() {}

    static void apply(Draft cib) {
        cib.set("validate-with", "pacemaker-2.0");
        for (Draft acls : cib.inTree("acls")) {
            for (Draft child : acls.elements()) {
                acls.replace(
                        child,
                        child.is("acl_user")
                                ? targetAndRole(child)
                                : List.of(withPermissions(child)));
            }
        }
    }

    private static List<Draft> targetAndRole(Draft user) {
        Draft target = Draft.of("acl_target");
        target.addAttributesOf(user);
        List<Draft> result = new ArrayList<>(List.of(target));
        if (user.contains("role_ref")) {
            for (Draft reference : user.elements("role_ref")) {
                target.append(Draft.of("role", "id", reference.id()));
            }
        } else if (!user.elements(ENTRIES).isEmpty()) {
            target.append(Draft.of("role", "id", AUTO + user.id()));
            Draft role = Draft.of("acl_role", "id", AUTO + user.id());
            user.elements().forEach(entry -> role.append(permission(entry)));
            result.add(role);
        }
        return result;
    }

    private static Draft withPermissions(Draft role) {
        for (Draft entry : role.elements(ENTRIES)) {
            role.replace(entry, List.of(permission(entry)));
        }
        return role;
    }

    private static Draft permission(Draft entry) {
        Draft permission = Draft.of("acl_permission", "id", entry.id(), "kind", entry.name());
        String attribute = entry.get("attribute");
        if (entry.has("ref")) {
            permission.set("reference", entry.getOrEmpty("ref"));
        } else if (entry.has("tag")) {
            permission.set("object-type", entry.getOrEmpty("tag"));
            if (attribute != null) {
                permission.set("attribute", attribute);
            }
        } else if (entry.has("xpath")) {
            String xpath = entry.getOrEmpty("xpath");
            permission.set("xpath", attribute == null ? xpath : xpath + "[@" + attribute + "]");
        }
        return permission;
    }
}

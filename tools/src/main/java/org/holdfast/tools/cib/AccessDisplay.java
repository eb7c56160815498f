package org.holdfast.tools.cib;

import java.util.List;
import org.holdfast.cib.acl.Acls;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.tools.cibinput.SharedSchemas;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.UsageException;
import org.jspecify.annotations.Nullable;

/** Shows a CIB with what a user may read and write ({@code cibadmin --show-access}). */
final class AccessDisplay {

    private final boolean wanted;
    private final String user;
    private final String form;

    private AccessDisplay(boolean wanted, String user, String form) {
        this.wanted = wanted;
        this.user = user;
        this.form = form;
    }

    /** The rule on the option's value. */
    static void check(String asTyped, @Nullable String form) throws UsageException {
        if (form != null && !List.of("auto", "namespace", "text", "color").contains(form)) {
            throw new UsageException(
                    ExitCode.USAGE, "Invalid value '" + form + "' for option '" + asTyped + "'");
        }
    }

    static AccessDisplay of(Invocation call, boolean isQuery) throws UsageException {
        String form = null;
        for (Arguments.Given option : call.arguments().given()) {
            if (option.name().equals("show-access")) {
                form = option.value() == null ? "auto" : option.value();
            }
        }
        if (form == null || !isQuery) {
            return new AccessDisplay(false, "", "");
        }
        String user = call.value("user");
        if (user == null) {
            throw new UsageException(ExitCode.USAGE, "-U/--user is required with -S/--show-access");
        }
        return new AccessDisplay(true, user, form);
    }

    boolean isWanted() {
        return wanted;
    }

    int show(Invocation call, Element cib) throws UsageException {
        if (user.matches("(?s).*[<>&].*")) {
            throw refused(Rc.EINVAL);
        }
        if (!Acls.concern(user)) {
            throw refused(Rc.ALREADY);
        }
        if (SharedSchemas.INSTANCE.compare("pacemaker-2.0", cib.get("validate-with")) > 0) {
            throw refused(Rc.SCHEMA_VALIDATION);
        }
        Acls acls = Acls.of(cib, user, new SystemGroups(call.context().files())::contains);
        String text =
                switch (form) {
                    case "namespace" -> AccessText.namespaces(user, cib, acls);
                    case "color" -> AccessText.colors(user, cib, acls);
                    default -> AccessText.plain(user, cib, acls);
                };
        if (call.out().xml() == null) {
            call.out().info(text);
        } else {
            call.out().xmlText("output", text);
        }
        return ExitCode.OK;
    }

    private UsageException refused(int returnCode) {
        return new UsageException(
                ExitCode.CONFIG,
                "Could not evaluate ACLs for " + user + ": " + Rc.describe(returnCode));
    }
}

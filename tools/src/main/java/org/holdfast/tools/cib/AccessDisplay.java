package org.holdfast.tools.cib;

import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.UsageException;

/** Shows a CIB with what a user may read and write ({@code cibadmin --show-access}). */
final class AccessDisplay {

    private final boolean wanted;
    private final String user;

    private AccessDisplay(boolean wanted, String user) {
        this.wanted = wanted;
        this.user = user;
    }

    static AccessDisplay of(Invocation call, boolean isQuery) throws UsageException {
        String form = null;
        for (Arguments.Given option : call.arguments().given()) {
            if (option.name().equals("show-access")) {
                form = option.value() == null ? "auto" : option.value();
                switch (String.valueOf(form)) {
                    case "auto", "namespace", "text", "color" -> {
                        // known
                    }
                    default ->
                            throw new UsageException(
                                    ExitCode.USAGE,
                                    "Invalid value '"
                                            + form
                                            + "' for option '"
                                            + option.asTyped()
                                            + "'");
                }
            }
        }
        if (form == null || !isQuery) {
            return new AccessDisplay(false, "");
        }
        String user = call.value("user");
        if (user == null) {
            throw new UsageException(ExitCode.USAGE, "-U/--user is required with -S/--show-access");
        }
        return new AccessDisplay(true, user);
    }

    boolean isWanted() {
        return wanted;
    }

    int show(Invocation call, Element cib) {
        call.out().error("Access of " + user + " cannot be shown yet: " + cib.name());
        return ExitCode.UNIMPLEMENT_FEATURE;
    }
}

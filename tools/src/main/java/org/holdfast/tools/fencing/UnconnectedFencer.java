package org.holdfast.tools.fencing;

import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.value.IntegerText;
import org.holdfast.tools.crm.frame.Invocation;

/**
 * What {@code stonith_admin} says of what the fencer should do when it was not asked for a
 * connection to it.
 */
final class UnconnectedFencer {

    private final Invocation call;

    UnconnectedFencer(Invocation call) {
        this.call = call;
    }

    int run(String command) {
        switch (command) {
            case "last" -> {
                if (call.out().xml() == null) {
                    call.out().info("Node " + call.value("last") + " has never been fenced");
                }
                return ExitCode.OK;
            }
            case "history" -> {
                call.out().beginList("event", "events", "Fencing history");
                call.out().endList();
            }
            default -> cannot(call, command, Rc.ENOTCONN);
        }
        return ExitCode.DISCONNECT;
    }

    /** Says that the fencer cannot do what a command asks of it. */
    static void cannot(Invocation call, String command, int returnCode) {
        String value = call.value(command);
        String level = IntegerText.valueOf(call.value("index"), 0) + " for " + value;
        String what =
                switch (command) {
                    case "list", "list-registered" -> "Failed to list registered devices";
                    case "list-targets" -> "Couldn't list targets";
                    case "register" ->
                            "Can't register device "
                                    + value
                                    + " using agent "
                                    + call.value("agent");
                    case "deregister" -> "Can't unregister device " + value;
                    case "register-level" -> "Can't register topology level " + level;
                    case "deregister-level" -> "Can't unregister topology level " + level;
                    default -> null;
                };
        if (what != null) {
            call.out().error(what + ": " + Rc.describe(returnCode));
        }
    }
}

package org.holdfast.tools.error;

import java.util.List;
import java.util.Map;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.value.IntegerText;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.TextOutput;
import org.holdfast.tools.crm.frame.XmlOutput;

/** crm_error(8): says what result codes mean. */
public final class CrmError extends CrmTool {

    /** Families of codes. */
    private enum Family {
        LEGACY(0, 256),
        RC(Rc.DIGEST_MISMATCH, 256),
        EXIT(0, 255);

        final int lowest;
        final int highest;

        Family(int lowest, int highest) {
            this.lowest = lowest;
            this.highest = highest;
        }

        String name(int code) {
            return switch (this) {
                case LEGACY -> LegacyCodes.name(code);
                case RC -> Rc.name(code);
                case EXIT -> ExitCode.name(code);
            };
        }

        String describe(int code) {
            return switch (this) {
                case LEGACY -> Rc.describe(Rc.fromLegacy(code));
                case RC -> Rc.describe(code);
                case EXIT -> ExitCode.describe(code);
            };
        }
    }

    private static final int NAME_WIDTH = 26;

    /** The command. */
    public CrmError() {
        super("crm_error");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return false;
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Show what result codes mean")
                .helpOn("output")
                .flag("name", 'n', "Show names too")
                .flag("list", 'l', "Show all codes")
                .flag("exit", 'X', "Codes are exit codes")
                .flag("rc", 'r', "Codes are return codes")
                .withOutput();
    }

    @Override
    protected int run(Invocation call) {
        Family family = Family.LEGACY;
        for (Arguments.Given option : call.arguments().given()) {
            if (option.name().equals("exit")) {
                family = Family.EXIT;
            } else if (option.name().equals("rc")) {
                family = Family.RC;
            }
        }
        List<String> codes = call.arguments().rest();
        boolean names = call.has("name");
        if (codes.isEmpty() || call.has("list")) {
            list(call, family, names);
            return ExitCode.OK;
        }
        for (String text : codes) {
            if (text.equals("--")) {
                continue;
            }
            long number = IntegerText.valueOf(text, Integer.MIN_VALUE);
            int code = Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
            show(call, family, code, names, call.arguments().count("verbose") > 0);
        }
        return ExitCode.OK;
    }

    private static void list(Invocation call, Family family, boolean names) {
        for (int code = family.lowest; code <= family.highest; code++) {
            String name = family.name(code);
            boolean known =
                    !name.equals("Unknown")
                            && !name.equals("CRM_EX_UNKNOWN")
                            && !(family == Family.RC && code > Rc.ERROR && code < 0);
            if (known) {
                show(call, family, code, names, true);
            }
        }
    }

    private static void show(
            Invocation call, Family family, int code, boolean names, boolean withCode) {
        String name = family.name(code);
        String text = family.describe(code);
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            xml.add("result-code")
                    .set("code", "" + code)
                    .set("name", names ? name : null)
                    .set("description", text);
        } else if (call.out() instanceof TextOutput out) {
            out.print(line(code, name, text, names, withCode));
        }
    }

    private static String line(
            int code, String name, String text, boolean names, boolean withCode) {
        if (!withCode) {
            return (names ? name + " - " : "") + text + "\n";
        }
        String number = " ".repeat(Math.max(0, 5 - ("" + code).length())) + code;
        String padded = name + " ".repeat(Math.max(0, NAME_WIDTH - name.length()));
        return number + ": " + (names ? padded + "  " : "") + text + "\n";
    }
}

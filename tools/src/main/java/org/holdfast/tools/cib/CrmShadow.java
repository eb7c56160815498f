package org.holdfast.tools.cib;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CallOptions;
import org.holdfast.cib.engine.CibOperation;
import org.holdfast.cib.engine.CibRequest;
import org.holdfast.cib.engine.Sections;
import org.holdfast.cib.patch.Difference;
import org.holdfast.cib.patch.Patchset;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.cibinput.SharedSchemas;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.jspecify.annotations.Nullable;

/** crm_shadow(8): copies of the configuration to try changes on. */
public final class CrmShadow extends CrmTool {

    private static final List<String> COMMANDS =
            List.of(
                    "which",
                    "display",
                    "diff",
                    "file",
                    "create",
                    "create-empty",
                    "commit",
                    "delete",
                    "edit",
                    "reset",
                    "switch");

    /** The command. */
    public CrmShadow() {
        super("crm_shadow");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return environment.getOrDefault("CIB_file", "").isEmpty();
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Try changes on a copy of the configuration")
                .helpOn("additional", "commands", "output", "queries")
                .glued("CDcersv")
                .flag("which", 'w', "Show the active copy's name")
                .flag("display", 'p', "Show the active copy")
                .flag("diff", 'd', "Show the changes in the active copy")
                .flag("file", 'F', "Show the active copy's file")
                .value("create", 'c', "NAME", "Make a copy of the configuration")
                .value("create-empty", 'e', "NAME", "Make an empty configuration")
                .value("commit", 'C', "NAME", "Put a copy in the place of the configuration")
                .value("delete", 'D', "NAME", "Remove a copy")
                .flag("edit", 'E', "Edit the active copy with $EDITOR")
                .value("reset", 'r', "NAME", "Make a copy anew (needs --force)")
                .value("switch", 's', "NAME", "Make another copy the active one")
                .flag("force", 'f', "Do it although it is dangerous")
                .flag("batch", 'b', "Do not start a shell")
                .flag("all", 'a', "With --commit: the status section too")
                .value("validate-with", 'v', "SCHEMA", "With --create-empty: the schema")
                .withOutput();
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        if (!call.arguments().rest().isEmpty()) {
            throw new UsageException(
                    ExitCode.USAGE,
                    "non-option ARGV-elements: "
                            + String.join(" ", call.arguments().rest())
                            + "\n\n"
                            + options().help(name()));
        }
        Arguments.Given command = null;
        for (Arguments.Given option : call.arguments().given()) {
            if (COMMANDS.contains(option.name())) {
                command = option;
            }
        }
        if (command == null) {
            throw new UsageException(
                    ExitCode.USAGE,
                    "Must specify a query or command option\n\n" + options().help(name()));
        }
        String instance = String.valueOf(command.value());
        switch (command.name()) {
            case "which" -> showInstance(call);
            case "file" -> showFile(call);
            case "display" -> display(call);
            case "diff" -> {
                return diff(call);
            }
            case "create" -> {
                return create(call, instance, false);
            }
            case "reset" -> {
                return create(call, instance, true);
            }
            case "create-empty" -> {
                return createEmpty(call, instance);
            }
            case "commit" -> commit(call, instance);
            case "delete" -> delete(call, instance);
            case "switch" -> {
                mustExist(call, instance);
                return use(call, instance, true);
            }
            default -> {
                return edit(call);
            }
        }
        return ExitCode.OK;
    }

    /** Ends as the editor ends. */
    private static int edit(Invocation call) throws UsageException {
        String active = activeOrFail(call);
        mustExist(call, active);
        String editor = call.environment("EDITOR");
        if (editor == null) {
            throw new UsageException(ExitCode.NOT_CONFIGURED, "No value for EDITOR defined");
        }
        String file = file(call, active);
        try {
            return call.context().programs().run(List.of(editor, file), Map.of());
        } catch (IOException e) {
            throw new UsageException(
                    ExitCode.OSFILE,
                    "Could not invoke EDITOR (" + editor + " " + file + "): " + e.getMessage());
        }
    }

    private static @Nullable String active(Invocation call) {
        return call.context().environment().get("CIB_shadow");
    }

    private static String activeOrFail(Invocation call) throws UsageException {
        String active = active(call);
        if (active == null) {
            throw new UsageException(ExitCode.NOSUCH, "No active shadow configuration defined");
        }
        return active;
    }

    private static String file(Invocation call, String instance) {
        return CibClient.shadowFile(call.context(), instance);
    }

    // --- checks

    private static UsageException dangerous(
            Invocation call,
            int exitCode,
            String reason,
            boolean aboutCopy,
            @Nullable String instance) {
        String why = reason;
        String active = active(call);
        if (instance != null && active != null && !Objects.equals(active, instance)) {
            why +=
                    ".\nAdditionally, the supplied shadow instance ("
                            + instance
                            + ") is not the same as the active one ("
                            + active
                            + ")";
        }
        return new UsageException(
                exitCode,
                why
                        + ".\nTo prevent accidental destruction of the "
                        + (aboutCopy ? "shadow file" : "cluster")
                        + ", the --force flag is required in order to proceed.");
    }

    private static void mustExist(Invocation call, String instance) throws UsageException {
        if (!call.context().files().exists(file(call, instance))) {
            throw new UsageException(
                    Rc.exitCode(Rc.ENOENT),
                    "Could not access shadow instance '"
                            + instance
                            + "': "
                            + Rc.describe(Rc.ENOENT));
        }
    }

    private static void mustNotExist(Invocation call, String instance) throws UsageException {
        if (call.context().files().exists(file(call, instance))) {
            throw dangerous(
                    call,
                    ExitCode.CANTCREAT,
                    "A shadow instance '" + instance + "' already exists",
                    true,
                    null);
        }
    }

    // --- the configuration that copies are made of

    private static CibClient realCib(Invocation call) throws UsageException {
        ToolContext context = call.context();
        Map<String, String> environment = new LinkedHashMap<>(context.environment());
        environment.remove("CIB_shadow");
        ToolContext unshadowed = context.withEnvironment(environment);
        try {
            return CibClient.open(new Invocation(unshadowed, call.arguments(), call.out()));
        } catch (CibClient.NotOpen e) {
            throw new UsageException(
                    Rc.exitCode(e.returnCode()),
                    "Could not connect to CIB: " + Rc.describe(e.returnCode()));
        }
    }

    private static Element queryRealCib(Invocation call) throws UsageException {
        CibClient.Result result =
                realCib(call)
                        .call(
                                CibRequest.of(CibOperation.QUERY, null, null, CallOptions.SYNC_CALL)
                                        .by(null, null, user(call)));
        Element cib = result.output();
        if (result.returnCode() != Rc.OK || cib == null) {
            throw new UsageException(
                    Rc.exitCode(result.returnCode()),
                    "Could not query the non-shadow CIB: " + Rc.describe(result.returnCode()));
        }
        return cib;
    }

    private static @Nullable String user(Invocation call) {
        return call.context().environment().get("CIB_user");
    }

    private static Element read(Invocation call, String instance) throws UsageException {
        String file = file(call, instance);
        try {
            return XmlParser.parseFile(call.context().files().read(file));
        } catch (IOException | XmlSyntaxException e) {
            throw new UsageException(
                    Rc.exitCode(Rc.NO_INPUT), "Could not parse XML from input file '" + file + "'");
        }
    }

    private static void write(Invocation call, String instance, Element cib, boolean again)
            throws UsageException {
        try {
            call.context()
                    .files()
                    .write(
                            file(call, instance),
                            XmlPrinter.pretty(cib).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            boolean missing = String.valueOf(e.getMessage()).startsWith("No such file");
            throw new UsageException(
                    Rc.exitCode(missing ? Rc.ENOENT : Rc.EIO),
                    "Could not "
                            + (again ? "reset" : "create")
                            + " the shadow instance '"
                            + instance
                            + "': "
                            + e.getMessage());
        }
    }

    // --- commands

    private static int create(Invocation call, String instance, boolean again)
            throws UsageException {
        if (!call.has("force")) {
            if (again) {
                throw dangerous(
                        call,
                        ExitCode.USAGE,
                        "The reset command overwrites the active shadow configuration",
                        true,
                        instance);
            }
            mustNotExist(call, instance);
        }
        write(call, instance, queryRealCib(call), again);
        return use(call, instance, false);
    }

    private static int createEmpty(Invocation call, String instance) throws UsageException {
        if (!call.has("force")) {
            mustNotExist(call, instance);
        }
        String given = call.value("validate-with");
        String schema = given == null ? SharedSchemas.INSTANCE.newest() : given;
        call.out().info("Created new " + schema + " configuration");
        write(call, instance, Sections.emptyCib(0, schema), false);
        return use(call, instance, false);
    }

    private static void commit(Invocation call, String instance) throws UsageException {
        if (!call.has("force")) {
            throw dangerous(
                    call,
                    ExitCode.USAGE,
                    "The commit command overwrites the active cluster configuration",
                    false,
                    instance);
        }
        mustExist(call, instance);
        CibClient real = realCib(call);
        Element copy = read(call, instance);
        boolean all = call.has("all");
        Element data = all ? copy : copy.first("configuration");
        int code =
                real.call(
                                CibRequest.of(
                                                CibOperation.REPLACE,
                                                all ? null : "configuration",
                                                data,
                                                CallOptions.SYNC_CALL)
                                        .by(null, null, user(call)))
                        .returnCode();
        if (code != Rc.OK) {
            throw new UsageException(
                    Rc.exitCode(code),
                    "Could not commit shadow instance '"
                            + instance
                            + "' to the CIB: "
                            + Rc.describe(code));
        }
        real.close();
    }

    private static void delete(Invocation call, String instance) throws UsageException {
        if (!call.has("force")) {
            throw dangerous(
                    call,
                    ExitCode.USAGE,
                    "The delete command removes the specified shadow file",
                    true,
                    instance);
        }
        String file = file(call, instance);
        if (call.context().files().exists(file)) {
            try {
                call.context().files().delete(file);
            } catch (IOException e) {
                throw new UsageException(
                        ExitCode.IOERR,
                        "Could not remove shadow instance '" + instance + "': " + e.getMessage());
            }
        }
        if (instance.equals(active(call))) {
            instruct(
                    call,
                    "Remember to unset the CIB_shadow variable by entering the following into"
                            + " your shell:\n\tunset CIB_shadow");
        }
    }

    /** A shell in which the copy is the active one, or how to make it that. */
    private static int use(Invocation call, String instance, boolean switching)
            throws UsageException {
        String prompt = "shadow[" + instance.substring(0, Math.min(40, instance.length())) + "] # ";
        if (instance.equals(active(call)) && prompt.equals(call.environment("PS1"))) {
            return ExitCode.OK;
        }
        String shell = call.environment("SHELL");
        if (!call.has("batch") && shell != null) {
            return startShell(call, shell, Map.of("PS1", prompt, "CIB_shadow", instance));
        }
        instruct(
                call,
                (switching
                                ? "To switch to the named shadow instance"
                                : "A new shadow instance was created. To begin using it")
                        + ", enter the following into your shell:\n\texport CIB_shadow="
                        + instance);
        return ExitCode.OK;
    }

    /** Ends as the shell ends. */
    private static int startShell(Invocation call, String shell, Map<String, String> variables)
            throws UsageException {
        call.out().info("Setting up shadow instance");
        instruct(call, "Press Ctrl+D to exit the crm_shadow shell");
        List<String> words =
                shell.equals("bash") || shell.endsWith("/bash")
                        ? List.of(shell, "--norc", "--noprofile")
                        : List.of(shell);
        try {
            return call.context().programs().run(words, variables);
        } catch (IOException e) {
            throw new UsageException(
                    Rc.exitCode(Rc.ENOENT),
                    "Failed to launch shell '" + shell + "': " + e.getMessage());
        }
    }

    private static void instruct(Invocation call, String text) {
        XmlOutput xml = call.out().xml();
        if (xml == null) {
            call.out().info(text);
        } else {
            xml.addText("instruction", text);
        }
    }

    // --- queries

    private static void showInstance(Invocation call) throws UsageException {
        String active = activeOrFail(call);
        XmlOutput xml = call.out().xml();
        if (xml == null) {
            call.out().info(active);
        } else {
            xml.add("shadow").set("instance", active);
        }
    }

    private static void showFile(Invocation call) throws UsageException {
        String active = activeOrFail(call);
        XmlOutput xml = call.out().xml();
        if (xml == null) {
            call.out().info(file(call, active));
        } else {
            xml.add("shadow").set("instance", active).set("file", file(call, active));
        }
    }

    private static void display(Invocation call) throws UsageException {
        String active = activeOrFail(call);
        mustExist(call, active);
        String text = XmlPrinter.prettyWithText(read(call, active));
        XmlOutput xml = call.out().xml();
        if (xml == null) {
            call.out().info(text.stripTrailing());
        } else {
            xml.push("shadow").set("instance", active);
            xml.xmlText("content", text);
            xml.pop();
        }
    }

    private static int diff(Invocation call) throws UsageException {
        String active = activeOrFail(call);
        mustExist(call, active);
        Element before = queryRealCib(call);
        Element after = read(call, active);
        List<Difference.Change> changes = Difference.between(before, after);
        Element patchset = changes.isEmpty() ? null : Patchset.of(before, after, changes);
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            xml.push("shadow").set("instance", active);
            if (patchset != null) {
                xml.xmlText("xml-patchset", XmlPrinter.prettyWithText(patchset));
            }
            xml.pop();
        } else if (patchset != null) {
            PatchsetText.show(patchset, call.out()::info);
        }
        return patchset == null ? ExitCode.OK : ExitCode.ERROR;
    }
}

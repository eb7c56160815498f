package org.holdfast.tools.cib;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.cib.digest.Digests;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CallOptions;
import org.holdfast.cib.engine.CibOperation;
import org.holdfast.cib.engine.CibRequest;
import org.holdfast.cib.engine.DocumentLimits;
import org.holdfast.cib.engine.Sections;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.value.IntegerText;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ControlAnswer.ControllerStatus;
import org.holdfast.controlapi.ManagerRequest.ControllerQuery;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.cibinput.SharedSchemas;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.Refusals;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.holdfast.tools.xmlfile.XmlFiles;
import org.jspecify.annotations.Nullable;

/** cibadmin(8): shows and changes the CIB. */
public final class Cibadmin extends CrmTool {

    private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(30);
    private static final Set<String> COMMANDS =
            Set.of(
                    "upgrade",
                    "query",
                    "erase",
                    "bump",
                    "create",
                    "modify",
                    "patch",
                    "replace",
                    "delete",
                    "delete-all",
                    "empty",
                    "md5-sum",
                    "md5-sum-versioned");

    private static final Set<String> SCOPES =
            Set.of(
                    "configuration",
                    "nodes",
                    "resources",
                    "constraints",
                    "crm_config",
                    "rsc_defaults",
                    "op_defaults",
                    "acls",
                    "fencing-topology",
                    "tags",
                    "alerts",
                    "status");

    /** The command. */
    public Cibadmin() {
        super("cibadmin");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return CibTools.usesCluster(environment);
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Show and change the cluster's configuration")
                .helpOn("additional", "commands", "data", "output")
                .glued("ANSUXhotx")
                .flag("upgrade", 'u', "Rewrite the configuration for the newest schema")
                .flag("query", 'Q', "Show the CIB or a part of it")
                .flag("erase", 'E', "Empty the whole CIB")
                .flag("bump", 'B', "Raise the CIB's epoch by 1")
                .flag("create", 'C', "Add an object that is not there yet")
                .flag("modify", 'M', "Merge an object into the one that is there")
                .flag("patch", 'P', "Apply a difference made by crm_diff(8)")
                .flag("replace", 'R', "Put an object in the place of the one that is there")
                .flag("delete", 'D', "Remove the first object that matches")
                .flag("delete-all", 'd', "With --xpath: remove all objects that match")
                .optionalValue("empty", 'a', "SCHEMA", "Show an empty CIB")
                .flag("md5-sum", '5', "Show the digest that a file has on disk")
                .flag("md5-sum-versioned", '6', "Show the digest that messages carry")
                .value("xml-file", 'x', "FILE", "Read XML from a file")
                .value("xml-text", 'X', "STRING", "Take XML from the command line")
                .flag("xml-pipe", 'p', "Read XML from standard input")
                .flag("force", 'f', "Do it although it is dangerous")
                .integer("timeout", 't', "SECONDS", "How long to wait for the cluster")
                .value("user", 'U', "USER", "Act with the permissions of a user")
                .value("scope", 'o', "SECTION", "Only a section of the CIB")
                .value("xpath", 'A', "XPATH", "Only what an XPath selects")
                .optionalValue("show-access", 'S', "FORM", "Mark what a user may read and write")
                .check("show-access", AccessDisplay::check)
                .flag("score", '\0', "Compute values such as name++ and name+=5")
                .flag("allow-create", 'c', "--modify may add what is not there")
                .flag("no-children", 'n', "Show objects without what they contain")
                .flag("local", 'l', "")
                .value("node", 'N', "NODE", "")
                .flag("node-path", 'e', "")
                .flag("sync-call", 's', "")
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
        String command = command(call);
        checkDanger(call, command);
        AccessDisplay access = AccessDisplay.of(call, command.equals("query"));
        Element input = input(call, command);
        return switch (command) {
            case "empty" -> empty(call);
            case "md5-sum" -> digest(call, Digests.onDisk(required(input)));
            case "md5-sum-versioned" -> digest(call, Digests.inMessages(required(input)));
            default -> onCib(call, command, input, access);
        };
    }

    private static Element required(@Nullable Element input) throws UsageException {
        if (input == null) {
            throw new UsageException(ExitCode.USAGE, "The supplied command requires input");
        }
        return input;
    }

    private static String command(Invocation call) {
        String command = "query";
        for (Arguments.Given option : call.arguments().given()) {
            if (COMMANDS.contains(option.name())) {
                command = option.name();
            }
        }
        return command;
    }

    private static void checkDanger(Invocation call, String command) throws UsageException {
        boolean dangerous =
                command.equals("delete-all")
                        || command.equals("erase")
                        || command.equals("upgrade");
        if (dangerous && !call.has("force")) {
            throw new UsageException(
                    ExitCode.UNSAFE,
                    "The supplied command is considered dangerous. To prevent accidental "
                            + "destruction of the cluster, the --force flag is required in order "
                            + "to proceed.");
        }
    }

    // --- input

    private static @Nullable Element input(Invocation call, String command) throws UsageException {
        boolean byXPath = command.equals("delete") || command.equals("delete-all");
        boolean needed =
                byXPath
                        || switch (command) {
                            case "create",
                                    "modify",
                                    "patch",
                                    "replace",
                                    "md5-sum",
                                    "md5-sum-versioned" ->
                                    true;
                            default -> false;
                        };
        if (!needed || byXPath && sectionIsXPath(call)) {
            return null;
        }
        String file = call.value("xml-file");
        String text = call.value("xml-text");
        String source;
        try {
            if (file != null) {
                source = file;
                return XmlParser.parseFile(
                        file.equals("-")
                                ? call.context().in().readAllBytes()
                                : XmlFiles.read(call.context().files(), file));
            }
            if (text != null) {
                source = "input string";
                return XmlParser.parse(text);
            }
            if (call.has("xml-pipe")) {
                source = "stdin";
                return XmlParser.parseFile(call.context().in().readAllBytes());
            }
        } catch (IOException | XmlSyntaxException e) {
            source = file != null ? file : text != null ? "input string" : "stdin";
            call.context().err().println(source + ": " + XmlFiles.problem(e));
            throw new UsageException(ExitCode.DATAERR, "Couldn't parse input from " + source);
        }
        throw new UsageException(
                ExitCode.USAGE,
                "The supplied command requires "
                        + (byXPath ? "either --xpath or " : "")
                        + "input via --xml-file, --xml-text, or --xml-pipe");
    }

    private static boolean sectionIsXPath(Invocation call) {
        Arguments.Given last = lastSection(call);
        return last != null && last.name().equals("xpath");
    }

    private static Arguments.@Nullable Given lastSection(Invocation call) {
        Arguments.Given last = null;
        for (Arguments.Given option : call.arguments().given()) {
            if (option.name().equals("xpath") || option.name().equals("scope")) {
                last = option;
            }
        }
        return last;
    }

    // --- commands without a CIB

    private static int empty(Invocation call) {
        String schema = call.value("empty");
        showXml(
                call,
                Sections.emptyCib(1, schema == null ? SharedSchemas.INSTANCE.newest() : schema));
        return ExitCode.OK;
    }

    private static int digest(Invocation call, String digest) {
        call.out().info(digest);
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            xml.add("md5-sum").set("digest", digest);
        }
        return ExitCode.OK;
    }

    private static void showXml(Invocation call, Element element) {
        call.out().xmlText("output", XmlPrinter.pretty(element));
    }

    // --- commands on a CIB

    private int onCib(
            Invocation call, String command, @Nullable Element input, AccessDisplay access)
            throws UsageException {
        Arguments.Given section = lastSection(call);
        String sectionText = section == null ? null : section.value();
        if (section != null
                && section.name().equals("scope")
                && !SCOPES.contains(String.valueOf(sectionText))) {
            call.out()
                    .error(
                            "Invalid value '"
                                    + sectionText
                                    + "' for '--scope'. Operation will apply to the entire CIB");
        }
        CibClient cib;
        try {
            cib = CibClient.open(call);
        } catch (CibClient.NotOpen e) {
            throw new UsageException(
                    Rc.exitCode(e.returnCode()),
                    "Could not connect to the CIB API: " + Rc.describe(e.returnCode()));
        }
        String timeout = call.value("timeout");
        if (timeout != null && IntegerText.valueOf(timeout, 0) < 1) {
            call.out().error("Timeout must be positive, defaulting to 30");
        }
        String user =
                access.isWanted()
                        ? null
                        : call.value("user") != null
                                ? call.value("user")
                                : call.context().environment().get("CIB_user");
        if (access.isWanted()) {
            user = call.context().environment().get("CIB_user");
        }
        checkNode(call);
        CibRequest request =
                CibRequest.of(
                                operation(command),
                                sectionText,
                                prepared(command, input),
                                callOptions(call, command, section))
                        .by(null, null, user);
        CibClient.Result result = cib.call(request);
        int exitCode = conclude(call, command, result);
        Element output = result.output();
        if (output != null) {
            exitCode = show(call, request, output, access, exitCode);
        }
        int closed = cib.close();
        return exitCode == ExitCode.OK ? Rc.exitCode(closed) : exitCode;
    }

    /** All members have the same CIB, so any of them can be asked; a node that is none cannot. */
    private static void checkNode(Invocation call) throws UsageException {
        String name = call.value("node");
        ClusterConnection cluster = call.context().cluster();
        if (name == null
                || cluster == null
                || !CibTools.usesCluster(call.context().environment())) {
            return;
        }
        try {
            ControllerStatus status = cluster.call(new ControllerQuery(), STATUS_TIMEOUT);
            if (!name.equals(status.localNode())
                    && status.peers().stream()
                            .noneMatch(peer -> peer.member() && peer.name().equals(name))) {
                throw new UsageException(
                        ExitCode.OSERR, "CIB API call failed: Communication error on send");
            }
        } catch (RequestRefused e) {
            throw new UsageException(
                    Rc.exitCode(Refusals.returnCode(e)),
                    "CIB API call failed: " + Rc.describe(Refusals.returnCode(e)));
        }
    }

    private static CibOperation operation(String command) {
        return switch (command) {
            case "upgrade" -> CibOperation.UPGRADE;
            case "erase" -> CibOperation.ERASE;
            case "bump" -> CibOperation.BUMP;
            case "create" -> CibOperation.CREATE;
            case "modify" -> CibOperation.MODIFY;
            case "patch" -> CibOperation.APPLY_PATCH;
            case "replace" -> CibOperation.REPLACE;
            case "delete", "delete-all" -> CibOperation.DELETE;
            default -> CibOperation.QUERY;
        };
    }

    /** A whole CIB that replaces another needs a status section. */
    private static @Nullable Element prepared(String command, @Nullable Element input) {
        if (input != null
                && command.equals("replace")
                && input.name().equals("cib")
                && Sections.find(input, "status") == null) {
            return input.append(Element.of("status"));
        }
        return input;
    }

    private static int callOptions(
            Invocation call, String command, Arguments.@Nullable Given section) {
        int options = CallOptions.SYNC_CALL;
        if (section != null && section.name().equals("xpath")) {
            options |= CallOptions.XPATH;
        }
        switch (command) {
            case "delete-all" -> options |= CallOptions.MULTIPLE;
            case "modify" ->
                    options |=
                            CallOptions.SCORE_UPDATE
                                    | (call.has("allow-create") ? CallOptions.CAN_CREATE : 0);
            case "query" ->
                    options |=
                            (call.has("node-path") ? CallOptions.XPATH_ADDRESS : 0)
                                    | (call.has("no-children") ? CallOptions.NO_CHILDREN : 0);
            default -> {
                // no more options
            }
        }
        return options;
    }

    private int conclude(Invocation call, String command, CibClient.Result result) {
        int returnCode = result.returnCode();
        if (returnCode == Rc.OK) {
            return ExitCode.OK;
        }
        if (command.equals("upgrade") && returnCode == Rc.SCHEMA_UNCHANGED) {
            call.out().info("Upgrade unnecessary: " + Rc.describe(returnCode));
            return ExitCode.OK;
        }
        call.out().error(name() + ": CIB API call failed: " + Rc.describe(returnCode));
        String limit = limit(returnCode);
        if (limit != null) {
            call.context().err().println("  " + limit);
        }
        // What is wrong, and where: the real command leaves that to crm_verify
        SchemaComplaints.about(result.rejected())
                .forEach(line -> call.context().err().println("  " + line));
        return Rc.exitCode(returnCode);
    }

    /** What a code that only our own limits give means. */
    private static @Nullable String limit(int returnCode) {
        return switch (returnCode) {
            case Rc.ETIME ->
                    "The XPath takes too much work on a CIB of this size: it may look at each"
                            + " element a few times, not at each element for each other";
            case Rc.EFBIG ->
                    "Elements of a CIB may nest "
                            + DocumentLimits.DEPTH_MAX
                            + " deep and have "
                            + DocumentLimits.ATTRIBUTES_MAX
                            + " attributes; more could not be read again";
            default -> null;
        };
    }

    private int show(
            Invocation call, CibRequest request, Element output, AccessDisplay access, int exitCode)
            throws UsageException {
        if (access.isWanted() && exitCode == ExitCode.OK && output.name().equals("cib")) {
            return access.show(call, output);
        }
        boolean paths =
                (request.options() & CallOptions.XPATH_ADDRESS) != 0
                        && output.name().equals("xpath-query");
        if (paths && call.out().xml() == null) {
            for (Element path : output.elements("xpath-query-path")) {
                call.out().info(path.id());
            }
        } else {
            showXml(call, output);
        }
        return exitCode;
    }
}

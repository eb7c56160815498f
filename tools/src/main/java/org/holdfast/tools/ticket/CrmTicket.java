package org.holdfast.tools.ticket;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CallOptions;
import org.holdfast.cib.engine.CibOperation;
import org.holdfast.cib.engine.CibRequest;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.value.Booleans;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.tools.cib.CibClient;
import org.holdfast.tools.cib.CibTools;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.UsageException;
import org.jspecify.annotations.Nullable;

/** crm_ticket(8): shows, grants and revokes tickets of this site. */
public final class CrmTicket extends CrmTool {

    /** What the command line asks for; for one run. */
    private static final class Question {
        String command = "set";
        boolean modified;
        @Nullable String attribute;
        @Nullable String value;
        @Nullable String wanted;
        final Map<String, String> set = new LinkedHashMap<>();
        final List<String> deleted = new ArrayList<>();

        void pair() {
            if (attribute != null && value != null) {
                set.put(attribute, value);
                attribute = null;
                value = null;
                modified = true;
            }
        }
    }

    /** The command. */
    public CrmTicket() {
        super("crm_ticket");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return CibTools.usesCluster(environment);
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Show and change the tickets of this site")
                .helpOn("additional", "advanced", "commands", "deprecated", "output", "queries")
                .glued("dintvxCDGS")
                .flag("info", 'l', "Show tickets")
                .flag("details", 'L', "Show tickets with all that is known of them")
                .flag("raw", 'w', "Show the tickets' names")
                .flag("query-xml", 'q', "Show the XML of tickets")
                .flag("constraints", 'c', "Show the constraints that wait for tickets")
                .flag("grant", 'g', "Grant a ticket to this site")
                .flag("revoke", 'r', "Revoke a ticket from this site")
                .flag("standby", 's', "Tell this site that a ticket is on standby")
                .flag("activate", 'a', "Tell this site that a ticket is active")
                .value("get-attr", 'G', "NAME", "Show an attribute of a ticket")
                .value("set-attr", 'S', "NAME", "Set an attribute of a ticket")
                .value("delete-attr", 'D', "NAME", "Remove an attribute of a ticket")
                .flag("cleanup", 'C', "Forget all that is known of a ticket")
                .value("attr-value", 'v', "VALUE", "The value for --set-attr")
                .value("default", 'd', "VALUE", "What --get-attr shows if there is none")
                .flag("force", 'f', "Do it although it is dangerous")
                .value("ticket", 't', "ID", "The ticket's name")
                .value("xml-file", 'x', "FILE", "")
                .value("set-name", 'n', "ID", "Known, and without effect")
                .value("nvpair", 'i', "ID", "Known, and without effect")
                .flag("quiet", 'Q', "Known, and without effect")
                .withOutput();
    }

    @Override
    protected int noOutputExitCode(int rc) {
        return Rc.exitCode(rc);
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        Question question = question(call);
        CibClient cib;
        try {
            cib = CibClient.open(call);
        } catch (CibClient.NotOpen e) {
            throw new UsageException(
                    Rc.exitCode(e.returnCode()),
                    "Could not connect to the CIB: " + Rc.describe(e.returnCode()));
        }
        Tickets tickets = Tickets.of(document(call, cib));
        int exitCode = act(call, question, cib, tickets);
        int closed = cib.close();
        return exitCode == ExitCode.OK ? Rc.exitCode(closed) : exitCode;
    }

    /** The CIB that is looked at: the cluster's, or that of the old option for a file. */
    private static Element document(Invocation call, CibClient cib) throws UsageException {
        String file = call.value("xml-file");
        if (file != null) {
            try {
                return XmlParser.parse(call.context().files().read(file));
            } catch (IOException | XmlSyntaxException e) {
                throw new UsageException(
                        ExitCode.CONFIG, "Could not update local CIB to latest schema version");
            }
        }
        CibClient.Result all = cib.query(null);
        Element document = all.output();
        if (document == null) {
            throw new UsageException(
                    Rc.exitCode(all.returnCode()),
                    "Could not get local CIB: " + Rc.describe(all.returnCode()));
        }
        return document;
    }

    private static Question question(Invocation call) {
        Question question = new Question();
        for (Arguments.Given option : call.arguments().given()) {
            switch (option.name()) {
                case "info", "details", "raw", "query-xml", "constraints", "cleanup" ->
                        question.command = option.name();
                case "get-attr" -> {
                    question.command = "get-attr";
                    question.wanted = option.value();
                }
                case "grant", "revoke" -> {
                    question.set.put("granted", "" + option.name().equals("grant"));
                    question.modified = true;
                }
                case "standby", "activate" -> {
                    question.set.put("standby", "" + option.name().equals("standby"));
                    question.modified = true;
                }
                case "set-attr" -> {
                    question.attribute = option.value();
                    question.pair();
                }
                case "attr-value" -> {
                    question.value = option.value();
                    question.pair();
                }
                case "delete-attr" -> {
                    question.deleted.add(String.valueOf(option.value()));
                    question.modified = true;
                }
                default -> {
                    // read where it is needed
                }
            }
        }
        return question;
    }

    private int act(Invocation call, Question question, CibClient cib, Tickets tickets)
            throws UsageException {
        String id = call.value("ticket");
        return switch (question.command) {
            case "info", "details", "raw" -> info(call, question.command, tickets, id);
            case "query-xml" -> {
                TicketLookup.State state = TicketLookup.state(cib, id);
                if (state.returnCode() == Rc.DUPLICATE_ID) {
                    call.out().info("Multiple ticket_states match ticket=" + id);
                }
                if (state.element() != null) {
                    TicketOutput.state(call.out(), state.element());
                }
                if (state.returnCode() != Rc.OK && state.returnCode() != Rc.DUPLICATE_ID) {
                    throw failed("Could not query ticket XML: ", state.returnCode());
                }
                yield ExitCode.OK;
            }
            case "constraints" -> {
                CibClient.Result found = TicketLookup.constraints(cib, id);
                Element output = found.output();
                if (output != null) {
                    TicketOutput.constraints(call.out(), output);
                }
                if (found.returnCode() != Rc.OK) {
                    throw failed("Could not show ticket constraints: ", found.returnCode());
                }
                yield ExitCode.OK;
            }
            case "get-attr" -> get(call, tickets, id, String.valueOf(question.wanted));
            case "cleanup" -> cleanUp(call, cib, tickets, id);
            default -> modify(call, question, cib, tickets, id);
        };
    }

    private static UsageException failed(String what, int returnCode) {
        return new UsageException(Rc.exitCode(returnCode), what + Rc.describe(returnCode));
    }

    private static UsageException noTicket(int exitCode) {
        return new UsageException(exitCode, "Must supply ticket ID with -t");
    }

    private static int info(Invocation call, String command, Tickets tickets, @Nullable String id)
            throws UsageException {
        boolean raw = command.equals("raw");
        boolean details = command.equals("details");
        if (id == null) {
            TicketOutput.list(call, tickets.all(), raw, details);
            return ExitCode.OK;
        }
        Tickets.Ticket ticket = tickets.find(id);
        if (ticket == null) {
            throw new UsageException(ExitCode.NOSUCH, "No such ticket '" + id + "'");
        }
        TicketOutput.list(call, List.of(ticket), raw, details);
        return ExitCode.OK;
    }

    private static int get(Invocation call, Tickets tickets, @Nullable String id, String attribute)
            throws UsageException {
        if (id == null) {
            throw noTicket(ExitCode.NOSUCH);
        }
        Tickets.Ticket ticket = tickets.find(id);
        String value = ticket == null ? null : ticket.state().get(attribute);
        String shown = value == null ? call.value("default") : value;
        if (shown == null) {
            return ExitCode.NOSUCH;
        }
        TicketOutput.attribute(call.out(), id, attribute, shown);
        return ExitCode.OK;
    }

    // --- changes

    private static int cleanUp(Invocation call, CibClient cib, Tickets tickets, @Nullable String id)
            throws UsageException {
        if (id == null) {
            throw noTicket(ExitCode.USAGE);
        }
        if (!call.has("force")) {
            Tickets.Ticket ticket = tickets.find(id);
            if (ticket == null) {
                throw new UsageException(ExitCode.NOSUCH, "No such ticket '" + id + "'");
            }
            if (ticket.granted()) {
                TicketOutput.warnOfRevoking(call.out(), id);
                return Rc.exitCode(Rc.EACCES);
            }
        }
        TicketLookup.State state = TicketLookup.state(cib, id);
        if (state.returnCode() == Rc.ENXIO) {
            return ExitCode.OK;
        }
        Element found = state.element();
        if (found == null) {
            throw failed("Could not clean up ticket: ", state.returnCode());
        }
        if (state.returnCode() == Rc.DUPLICATE_ID) {
            call.out().info("Multiple ticket_states match ticket=" + id);
        }
        List<Element> states =
                found.name().equals("xpath-query") ? found.elements() : List.of(found);
        for (Element each : states) {
            int code = change(cib, CibOperation.DELETE, each);
            if (code != Rc.OK) {
                throw failed("Could not clean up ticket: ", code);
            }
        }
        call.out().info("Cleaned up " + id);
        return ExitCode.OK;
    }

    private static int change(CibClient cib, CibOperation operation, Element data) {
        return cib.call(CibRequest.of(operation, "status", data, CallOptions.SYNC_CALL))
                .returnCode();
    }

    private static int modify(
            Invocation call, Question question, CibClient cib, Tickets tickets, @Nullable String id)
            throws UsageException {
        if (!question.modified && (question.attribute == null || question.attribute.isEmpty())) {
            throw new UsageException(ExitCode.USAGE, "Must supply a command");
        }
        if (id == null) {
            throw noTicket(ExitCode.USAGE);
        }
        if (question.value != null) {
            throw new UsageException(
                    ExitCode.USAGE, "Must supply attribute name with -S for -v " + question.value);
        }
        if (question.attribute != null) {
            throw new UsageException(
                    ExitCode.USAGE,
                    question.modified
                            ? "Must supply attribute value with -v for -S (null)"
                            : "Must supply value with -v for -S " + question.attribute);
        }
        TicketLookup.State state = TicketLookup.state(cib, id);
        if (state.returnCode() == Rc.DUPLICATE_ID) {
            call.out().info("Multiple ticket_states match ticket=" + id);
        } else if (state.returnCode() != Rc.OK && state.returnCode() != Rc.ENXIO) {
            throw failed("Could not modify ticket: ", state.returnCode());
        }
        checkForce(call, question, id);
        Element known = state.element();
        Element ticket = known == null ? Element.of("ticket_state", "id", id) : known;
        int code;
        if (!question.deleted.isEmpty()) {
            for (String attribute : question.deleted) {
                ticket = ticket.without(attribute);
            }
            code = change(cib, CibOperation.REPLACE, ticket);
        } else {
            Tickets.Ticket before = tickets.find(id);
            boolean wasGranted = before != null && before.granted();
            for (Map.Entry<String, String> entry : question.set.entrySet()) {
                ticket = ticket.with(entry.getKey(), entry.getValue());
                if (entry.getKey().equals("granted")
                        && Booleans.isTrue(entry.getValue())
                        && !wasGranted) {
                    ticket = ticket.with("last-granted", "" + call.nowSeconds());
                }
            }
            Element data =
                    known == null
                            ? Element.of("status").append(Element.of("tickets").append(ticket))
                            : ticket;
            code = change(cib, CibOperation.MODIFY, data);
        }
        if (code != Rc.OK) {
            throw failed("Could not modify ticket: ", code);
        }
        return ExitCode.OK;
    }

    private static void checkForce(Invocation call, Question question, String id)
            throws UsageException {
        if (call.has("force")) {
            return;
        }
        boolean deletes = question.deleted.contains("granted");
        String granted = question.deleted.isEmpty() ? question.set.get("granted") : null;
        if (!deletes && granted == null) {
            return;
        }
        if (granted != null && granted.equals("true")) {
            TicketOutput.warnOfGranting(call.out(), id);
        } else {
            TicketOutput.warnOfRevoking(call.out(), id);
        }
        throw new UsageException(
                ExitCode.UNSAFE, "Ticket modification not allowed without --force");
    }
}

package org.holdfast.tools.cib;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.patch.Difference;
import org.holdfast.cib.patch.Difference.Change;
import org.holdfast.cib.patch.Patchset;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.xmlfile.XmlFiles;
import org.jspecify.annotations.Nullable;

/** crm_diff(8): compares CIBs and applies differences. */
public final class CrmDiff extends CrmTool {

    private static final String[] VERSION_FIELDS = {"admin_epoch", "epoch", "num_updates"};

    /** The command. */
    public CrmDiff() {
        super("crm_diff");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return false;
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Compare two CIBs, or apply a difference to one")
                .helpOn("additional", "operation", "output", "xml")
                .glued("nopNO")
                .value("original", 'o', "FILE", "The original CIB")
                .value("original-string", 'O', "STRING", "The original CIB as a text")
                .value("new", 'n', "FILE", "The new CIB")
                .value("new-string", 'N', "STRING", "The new CIB as a text")
                .value("patch", 'p', "FILE", "A difference to apply to the original")
                .flag("cib", 'c', "Treat the input as a CIB: with versions and digest")
                .flag("no-version", 'u', "Leave versions out")
                .flag("stdin", 's', "")
                .withOutput();
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        boolean patching = call.has("patch");
        if (call.has("no-version")) {
            if (call.has("cib")) {
                throw new UsageException(
                        ExitCode.USAGE, "-u/--no-version incompatible with -c/--cib");
            }
            if (patching) {
                call.out().error("Warning: -u/--no-version ignored with -p/--patch");
            }
        }
        boolean piped = call.has("stdin");
        String originalText = call.value("original-string");
        String originalFile = call.value("original");
        String newText = call.value("new-string");
        String newFile = newFile(call);
        Element source;
        if (originalText != null) {
            source = parse(originalText);
        } else if (piped) {
            source = read(call, "-");
        } else if (originalFile != null) {
            source = read(call, originalFile);
        } else {
            throw new UsageException(
                    ExitCode.USAGE, "Either --original or --original-string must be specified");
        }
        Element target;
        if (newText != null) {
            target = parse(newText);
        } else if (piped) {
            target = read(call, "-");
        } else if (newFile != null) {
            target = read(call, newFile);
        } else {
            throw new UsageException(
                    ExitCode.USAGE, "Either --new, --new-string, or --patch must be specified");
        }
        if (source == null) {
            throw new UsageException(ExitCode.DATAERR, "Failed to parse original XML");
        }
        if (target == null) {
            throw new UsageException(
                    ExitCode.DATAERR, "Failed to parse " + (patching ? "patch" : "new") + " XML");
        }
        return patching ? patch(call, source, target) : compare(call, source, target);
    }

    /** The last of --new and --patch names the file. */
    private static @Nullable String newFile(Invocation call) {
        String file = null;
        for (Arguments.Given option : call.arguments().given()) {
            if (option.name().equals("new") || option.name().equals("patch")) {
                file = option.value();
            }
        }
        return file;
    }

    private static @Nullable Element parse(String text) {
        try {
            return XmlParser.parse(text);
        } catch (XmlSyntaxException e) {
            return null;
        }
    }

    private static @Nullable Element read(Invocation call, String file) {
        try {
            return XmlParser.parseFile(
                    file.equals("-")
                            ? call.context().in().readAllBytes()
                            : XmlFiles.read(call.context().files(), file));
        } catch (IOException | XmlSyntaxException e) {
            return null;
        }
    }

    private static int patch(Invocation call, Element source, Element patchset)
            throws UsageException {
        Patchset.Applied applied = Patchset.apply(source, patchset, call.has("cib"));
        if (applied.returnCode() != Rc.OK) {
            throw new UsageException(
                    Rc.exitCode(applied.returnCode()),
                    "Could not apply patch: " + Rc.describe(applied.returnCode()));
        }
        call.out().xmlText("updated", XmlPrinter.pretty(applied.document()));
        return ExitCode.OK;
    }

    private static int compare(Invocation call, Element source, Element givenTarget) {
        Element target = givenTarget;
        if (call.has("no-version")) {
            for (String field : VERSION_FIELDS) {
                String value = source.get(field);
                target = value == null ? target : target.with(field, value);
            }
        }
        boolean asCib = call.has("cib");
        List<Change> changes = Difference.between(source, target, !asCib);
        if (changes.isEmpty()) {
            return ExitCode.OK;
        }
        Element patchset = Patchset.of(source, target, changes);
        if (asCib) {
            patchset = Patchset.withDigest(patchset, target);
        } else if (call.has("no-version")) {
            patchset = patchset.remove(0);
        }
        call.out().xmlText("patchset", XmlPrinter.pretty(patchset));
        return ExitCode.ERROR;
    }
}

package org.holdfast.tools.cib;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CallOptions;
import org.holdfast.cib.engine.CibEngine;
import org.holdfast.cib.engine.CibOutcome;
import org.holdfast.cib.engine.CibRequest;
import org.holdfast.cib.result.Rc;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.tools.FileAccess;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.cibinput.SharedSchemas;
import org.holdfast.tools.xmlfile.XmlFiles;

/** A CIB in a file: read as a whole, written as a whole if a request changed it. */
final class FileCib implements CibClient {

    private final FileAccess files;
    private final String path;
    private final String lastWritten;
    private final CibEngine engine;
    private Element cib;
    private boolean dirty;

    private FileCib(FileAccess files, String path, String lastWritten, Element cib) {
        this.files = files;
        this.path = path;
        this.lastWritten = lastWritten;
        this.cib = cib;
        this.engine =
                new CibEngine(SharedSchemas.INSTANCE, false, new SystemGroups(files)::contains);
    }

    /** Opens a file; "-" is standard input, which can be read but not written. */
    static FileCib open(ToolContext context, String path, String lastWritten) throws NotOpen {
        FileAccess files = context.files();
        boolean standardInput = path.equals("-");
        if (!standardInput && !files.exists(path)) {
            throw new NotOpen(Rc.ENXIO);
        }
        Element cib;
        try {
            byte[] content = standardInput ? context.in().readAllBytes() : files.read(path);
            cib = XmlParser.parseFile(content);
        } catch (IOException | XmlSyntaxException e) {
            context.err().println(path + ": " + XmlFiles.problem(e));
            throw new NotOpen(Rc.SCHEMA_VALIDATION);
        }
        if (cib.first("status") == null) {
            cib = cib.append(Element.of("status"));
        }
        if (!SharedSchemas.INSTANCE.isValid(cib)) {
            for (String complaint : SchemaComplaints.about(cib)) {
                context.err().println(path + ": " + complaint);
            }
            throw new NotOpen(Rc.SCHEMA_VALIDATION);
        }
        return new FileCib(files, path, lastWritten, cib);
    }

    @Override
    public Result call(CibRequest request) {
        CibRequest unstamped = request.withOptions(request.options() | CallOptions.NO_MTIME);
        CibOutcome outcome = engine.apply(cib, unstamped, lastWritten);
        if (outcome.ok() && request.operation().modifies()) {
            cib = outcome.document();
            dirty = true;
        }
        return new Result(outcome.returnCode(), outcome.output(), outcome.rejected());
    }

    @Override
    public int close() {
        if (!dirty) {
            return Rc.OK;
        }
        dirty = false;
        try {
            files.write(path, XmlPrinter.pretty(cib).getBytes(StandardCharsets.UTF_8));
            return Rc.OK;
        } catch (IOException e) {
            return Rc.ERROR;
        }
    }
}

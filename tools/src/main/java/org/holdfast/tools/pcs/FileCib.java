package org.holdfast.tools.pcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.tools.FileAccess;

/** A CIB in a file that the user named. */
final class FileCib implements CibSource {

    private final FileAccess files;
    private final String path;

    FileCib(FileAccess files, String path) {
        this.files = files;
        this.path = path;
    }

    @Override
    public Element load() {
        try {
            return XmlParser.parseFile(files.read(path));
        } catch (IOException e) {
            throw PcsFailure.error("Unable to read '" + path + "': " + e.getMessage());
        } catch (XmlSyntaxException e) {
            throw PcsFailure.error("unable to get cib, " + path + ": " + e.describe());
        }
    }

    @Override
    public void push(Element before, Element after) {
        if (after.equals(before)) {
            return;
        }
        long epoch = number(before, "epoch") + 1;
        Element counted = after.with("epoch", Long.toString(epoch)).with("num_updates", "0");
        try {
            files.write(path, XmlPrinter.pretty(counted).getBytes(UTF_8));
        } catch (IOException e) {
            throw PcsFailure.error("Unable to write '" + path + "': " + e.getMessage());
        }
    }

    private static long number(Element cib, String attribute) {
        try {
            return Long.parseLong(cib.getOr(attribute, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public boolean isLive() {
        return false;
    }
}

package org.holdfast.tools.xmlfile;

import java.io.IOException;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.tools.FileAccess;

/** Reads the bytes of XML files. */
public final class XmlFiles {

    /** No CIB is longer; a small compressed file must not fill the memory. */
    private static final int LENGTH_MAX = 512 << 20;

    private XmlFiles() {}

    /**
     * The content of a file; one whose name ends in {@code .bz2} is decompressed.
     *
     * @throws IOException with the reason
     */
    public static byte[] read(FileAccess files, String path) throws IOException {
        byte[] content = files.read(path);
        return path.endsWith(".bz2") ? Bzip2.decompress(content, LENGTH_MAX) : content;
    }

    /** Why an input could not be read, with the place if it is one in the text. */
    public static String problem(Exception e) {
        return e instanceof XmlSyntaxException syntax
                ? syntax.describe()
                : String.valueOf(e.getMessage());
    }
}

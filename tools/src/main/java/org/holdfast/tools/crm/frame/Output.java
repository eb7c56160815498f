package org.holdfast.tools.crm.frame;

import org.jspecify.annotations.Nullable;

/**
 * Where a command's output goes, in the form that the user asked for. Text forms get lines, XML
 * gets elements; a command asks {@link #xml()} for the latter.
 */
public interface Output {

    /** The XML that is being made, or null for a text form. */
    @Nullable XmlOutput xml();

    /** Prints a line; XML ignores it. */
    void info(String line);

    /** Prints a line to standard error, or collects it in XML. */
    void error(String message);

    /** Prints XML text as it is, or puts it as a CDATA section into an element of that name. */
    void xmlText(String name, String text);

    /**
     * Begins a list.
     *
     * @param singular what one entry is called when entries are counted at the end; or null
     * @param plural what entries are called; or null
     * @param title the list's title
     */
    void beginList(@Nullable String singular, @Nullable String plural, String title);

    /** An entry of a list. */
    void listItem(@Nullable String name, String text);

    /** Counts an entry that was printed in another way. */
    void countItem();

    /** Ends a list. */
    void endList();

    /** An empty line. */
    void spacer();

    /** Ends the output. */
    void finish(int exitCode);
}

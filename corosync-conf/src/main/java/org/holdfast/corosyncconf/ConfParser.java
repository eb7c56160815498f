package org.holdfast.corosyncconf;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads the syntax of corosync.conf(5) exactly as Corosync's own parser does: one item a line, the
 * first {@code '{'} makes a section, else the first {@code ':'} a value, else it must be a lone
 * {@code '}'}. It knows no key; {@link ConfChecker} does.
 */
public final class ConfParser {

    /** Corosync reads into a buffer of 512 bytes, the line's end and a zero included. */
    private static final int LINE_BYTES_MAX = 510;

    /** The longest name of a cmap key, with the sections' names and dots. */
    private static final int PATH_BYTES_MAX = 254;

    /** A bound that no real file comes near. */
    private static final int LINES_MAX = 100_000;

    /** Who looks at the content while it is parsed, and may end the parsing with a sentence. */
    interface Listener {

        /** A section begins. */
        Optional<String> opened(String path);

        /** A value of a section. */
        Optional<String> entry(String section, String name, String value);

        /** A section ends. */
        Optional<String> closed(String path);
    }

    private static final Listener NOBODY =
            new Listener() {
                @Override
                public Optional<String> opened(String path) {
                    return Optional.empty();
                }

                @Override
                public Optional<String> entry(String section, String name, String value) {
                    return Optional.empty();
                }

                @Override
                public Optional<String> closed(String path) {
                    return Optional.empty();
                }
            };

    private final Deque<Open> open = new ArrayDeque<>();

    private record Open(String name, String path, int line, List<ConfItem> items) {}

    /** How the text was written, which matters for the length of lines. */
    private final Charset charset;

    private final Listener listener;

    private ConfParser(Charset charset, Listener listener) {
        this.charset = charset;
        this.listener = listener;
    }

    /**
     * Parses a whole file.
     *
     * @throws ConfSyntaxException with the first wrong line
     */
    public static ConfSection parse(String text) throws ConfSyntaxException {
        return new ConfParser(StandardCharsets.UTF_8, NOBODY).run(text);
    }

    /**
     * Parses a whole file as it is on the disk: UTF-8, or bytes of which each is a character, as
     * Corosync takes them.
     *
     * @throws ConfSyntaxException with the first wrong line
     */
    public static ConfSection parse(byte[] file) throws ConfSyntaxException {
        return parse(file, NOBODY);
    }

    static ConfSection parse(byte[] file, Listener listener) throws ConfSyntaxException {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
            return new ConfParser(StandardCharsets.UTF_8, listener).run(text);
        } catch (CharacterCodingException notUtf8) {
            Charset bytes = StandardCharsets.ISO_8859_1;
            return new ConfParser(bytes, listener).run(new String(file, bytes));
        }
    }

    private ConfSection run(String text) throws ConfSyntaxException {
        open.push(new Open("", "", 0, new ArrayList<>()));
        int number = 0;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                end = text.length();
            }
            number++;
            parseLine(number, text.substring(start, end));
            start = end + 1;
        }
        if (open.size() > 1) {
            throw new ConfSyntaxException(number, "Missing closing brace");
        }
        return new ConfSection("", top().items());
    }

    private void parseLine(int number, String raw) throws ConfSyntaxException {
        if (number > LINES_MAX || raw.getBytes(charset).length > LINE_BYTES_MAX) {
            throw new ConfSyntaxException(number, "Line too long");
        }
        String line = strip(raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw);
        if (line.isEmpty() || line.charAt(0) == '#') {
            return;
        }
        int brace = line.indexOf('{');
        int colon = line.indexOf(':');
        if (brace >= 0) {
            openSection(number, line.substring(0, brace), line.substring(brace + 1));
        } else if (colon >= 0) {
            addEntry(number, line.substring(0, colon), line.substring(colon + 1));
        } else if (line.indexOf('}') >= 0) {
            closeSection(number, line);
        } else {
            throw new ConfSyntaxException(
                    number, "Line is not opening or closing section or key value");
        }
    }

    private void openSection(int number, String before, String after) throws ConfSyntaxException {
        String name = stripName(before);
        if (name.isEmpty()) {
            throw new ConfSyntaxException(
                    number, "Missing section name before opening bracket '{'");
        }
        if (!strip(after).isEmpty()) {
            throw new ConfSyntaxException(number, "Extra characters after opening bracket '{'");
        }
        String path = path(number, name, "Start of section makes total cmap path too long");
        check(number, listener.opened(path));
        open.push(new Open(name, path, number, new ArrayList<>()));
    }

    private static void check(int number, Optional<String> complaint) throws ConfSyntaxException {
        if (complaint.isPresent()) {
            throw new ConfSyntaxException(number, complaint.get());
        }
    }

    private void addEntry(int number, String before, String after) throws ConfSyntaxException {
        String key = stripName(before);
        if (key.isEmpty()) {
            throw new ConfSyntaxException(number, "Key name can't be empty");
        }
        path(number, key, "New key makes total cmap path too long");
        String value = strip(after);
        check(number, listener.entry(top().path(), key, value));
        top().items().add(new ConfEntry(key, value, number));
    }

    private void closeSection(int number, String line) throws ConfSyntaxException {
        if (!line.equals("}")) {
            throw new ConfSyntaxException(
                    number, "Extra characters before or after closing bracket '}'");
        }
        if (open.size() == 1) {
            throw new ConfSyntaxException(number, "Unexpected closing brace");
        }
        check(number, listener.closed(top().path()));
        Open closed = open.pop();
        top().items().add(new ConfSection(closed.name(), closed.items(), closed.line()));
    }

    private Open top() {
        return open.element();
    }

    private String path(int number, String name, String tooLong) throws ConfSyntaxException {
        String prefix = top().path();
        String path = prefix.isEmpty() ? name : prefix + "." + name;
        // Corosync counts the dot even at the top, where there is none.
        if (prefix.length() + name.length() + 1 > PATH_BYTES_MAX) {
            throw new ConfSyntaxException(number, tooLong);
        }
        return path;
    }

    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static String stripName(String text) {
        String name = strip(text);
        int end = name.length();
        // Corosync also drops stray separators behind a name, but never the first character.
        while (end > 1
                && (isBlank(name.charAt(end - 1)) || ":{".indexOf(name.charAt(end - 1)) >= 0)) {
            end--;
        }
        return name.substring(0, end);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t' || character == '\u00A0';
    }
}

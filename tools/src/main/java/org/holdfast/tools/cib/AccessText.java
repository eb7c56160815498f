package org.holdfast.tools.cib;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.holdfast.cib.acl.AccessMap;
import org.holdfast.cib.acl.AccessMap.Access;
import org.holdfast.cib.acl.Acls;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.jspecify.annotations.Nullable;

/** A CIB with marks of what a user may do with its elements. For one text. */
final class AccessText {

    private static final String NAMESPACE = "http://clusterlabs.org/ns/pacemaker/access/";
    private static final String PREFIX = "pcmk-access-";

    private enum Form {
        PLAIN,
        COLOR,
        NAMESPACE
    }

    private final Form form;
    private final Deque<Access> accesses = new ArrayDeque<>();
    private final Set<Access> used = EnumSet.noneOf(Access.class);
    private final StringBuilder out = new StringBuilder();

    private AccessText(Form form) {
        this.form = form;
    }

    static String plain(String user, Element cib, Acls acls) {
        return new AccessText(Form.PLAIN).render(user, cib, acls);
    }

    static String colors(String user, Element cib, Acls acls) {
        return new AccessText(Form.COLOR).render(user, cib, acls);
    }

    static String namespaces(String user, Element cib, Acls acls) {
        return new AccessText(Form.NAMESPACE).render(user, cib, acls);
    }

    private String render(String user, Element cib, Acls acls) {
        new AccessMap(cib, acls)
                .walk(
                        cib,
                        (_, access) -> {
                            accesses.add(access);
                            used.add(access);
                        });
        out.append("<!-- ACLs as evaluated for user ").append(user).append(" -->\n");
        element(cib, null, 0);
        return out.toString();
    }

    private String mark(Access access) {
        return switch (form) {
            case PLAIN ->
                    switch (access) {
                        case WRITABLE -> "vvv---[ WRITABLE ]---vvv";
                        case READABLE -> "vvv---[ READABLE ]---vvv";
                        case DENIED -> "vvv---[ ~DENIED~ ]---vvv";
                    };
            case COLOR ->
                    switch (access) {
                        case WRITABLE -> "\u001b[32m";
                        case READABLE -> "\u001b[34m";
                        case DENIED -> "\u001b[31m";
                    };
            case NAMESPACE -> PREFIX + word(access) + ":";
        };
    }

    private static String word(Access access) {
        return switch (access) {
            case WRITABLE -> "writable";
            case READABLE -> "readable";
            case DENIED -> "denied";
        };
    }

    private void element(Element element, @Nullable Access above, int depth) {
        Access access = accesses.remove();
        String mark = access != above || form == Form.COLOR ? mark(access) : "";
        String space = "\n" + "  ".repeat(depth);
        if (form == Form.NAMESPACE) {
            out.append('<').append(mark);
        } else if (form == Form.PLAIN && !mark.isEmpty()) {
            out.append(depth == 0 ? "" : space).append(mark).append(space).append('<');
        } else {
            out.append(mark).append('<');
        }
        out.append(element.name());
        element.forEachAttribute((name, value) ->
                out.append(' ').append(name).append("=\"").append(value).append('"'));
        if (depth == 0 && form == Form.NAMESPACE) {
            declareNamespaces();
        }
        if (element.children().isEmpty()) {
            out.append("/>");
        } else {
            out.append('>');
            for (Node child : element.children()) {
                out.append(space).append("  ");
                child(child, access, depth + 1);
            }
            out.append(space);
            if (form == Form.COLOR) {
                out.append(mark);
            }
            out.append("</");
            if (form == Form.NAMESPACE) {
                out.append(mark);
            }
            out.append(element.name()).append('>');
        }
        if (form == Form.COLOR) {
            out.append("\u001b[0m");
        }
    }

    private void child(Node child, Access access, int depth) {
        if (child instanceof Element inner) {
            element(inner, access, depth);
        } else if (child instanceof Comment(String text)) {
            out.append("<!-- ").append(text).append(" -->\n");
        }
    }

    private void declareNamespaces() {
        for (Access access : new Access[] {Access.WRITABLE, Access.READABLE, Access.DENIED}) {
            if (used.contains(access)) {
                out.append(" xmlns:").append(PREFIX).append(word(access)).append("=\"");
                out.append(NAMESPACE).append(word(access)).append('"');
            }
        }
    }
}

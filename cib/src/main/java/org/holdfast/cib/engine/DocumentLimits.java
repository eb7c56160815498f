package org.holdfast.cib.engine;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.patch.Difference;
import org.holdfast.cib.patch.Difference.Change;

/**
 * Keeps a CIB such that whoever gets it can read it again: its own node after a restart, its peers,
 * the commands. Each request is read within the limits of the parser, but several of them could add
 * up to an element with more attributes, or to a deeper document, than any of them accepts.
 */
public final class DocumentLimits {

    /** How deep elements may nest: what libxml2 reads. */
    public static final int DEPTH_MAX = 256;

    /** How many attributes an element may have. */
    public static final int ATTRIBUTES_MAX = 1_000;

    /** The envelope around a CIB on its way to other nodes and to commands. */
    private static final int ENVELOPE_DEPTH = 8;

    private DocumentLimits() {}

    /** Whether what these changes make stays within the limits. Costs what the changes hold. */
    static boolean hold(List<Change> changes) {
        for (Change change : changes) {
            boolean holds =
                    switch (change) {
                        case Difference.Created(String path, _, Node node) ->
                                holds(node, steps(path) + 1);
                        case Difference.Modified(_, _, Element result) ->
                                result.attributeCount() <= ATTRIBUTES_MAX;
                        case Difference.Deleted _, Difference.Moved _ -> true;
                    };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Node node, int depth) {
        if (!(node instanceof Element element)) {
            return true;
        }
        if (depth > DEPTH_MAX - ENVELOPE_DEPTH || element.attributeCount() > ATTRIBUTES_MAX) {
            return false;
        }
        for (Node child : element.children()) {
            if (!holds(child, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** How many elements a patchset's path names; ids may have slashes too. */
    private static int steps(String path) {
        int steps = 0;
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '/') {
                steps++;
            } else if (path.charAt(i) == '[') {
                int end = path.indexOf("']", i);
                i = end < 0 ? i : end;
            }
        }
        return steps;
    }
}

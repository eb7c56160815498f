package org.holdfast.corosyncconf;

import java.util.ArrayList;
import java.util.List;

/**
 * The nodes of a file. Corosync numbers the nodes of each {@code nodelist} from 0 and stores them
 * under their numbers: what a second list says about its first node adds to, or replaces, what the
 * first list says about its own.
 */
final class NodeSections {

    private NodeSections() {}

    /** One section a node, with what all lists say about it. */
    static List<ConfSection> of(ConfSection file) {
        List<ConfSection> nodes = new ArrayList<>();
        for (ConfSection list : file.sections("nodelist")) {
            List<ConfSection> own = list.sections("node");
            for (int i = 0; i < own.size(); i++) {
                if (i == nodes.size()) {
                    nodes.add(own.get(i));
                } else {
                    List<ConfItem> items = new ArrayList<>(nodes.get(i).items());
                    items.addAll(own.get(i).items());
                    nodes.set(i, new ConfSection("node", items, own.get(i).line()));
                }
            }
        }
        return nodes;
    }
}

package org.holdfast.tools.status;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.holdfast.scheduler.model.NaturalOrder;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.tools.status.StatusView.Show;
import org.jspecify.annotations.Nullable;

/** Primitives counted by agent and node. */
public final class BriefList {

    private final Map<String, Integer> totals = new TreeMap<>();
    private final Map<String, Map<String, Integer>> active = new TreeMap<>(NaturalOrder::compare);
    private final boolean empty;

    private BriefList(List<Resource> resources) {
        this.empty = resources.isEmpty();
        for (Resource resource : resources) {
            if (resource instanceof Primitive primitive) {
                count(primitive);
            }
        }
    }

    public static BriefList of(List<Resource> resources, NameFilter wanted) {
        return new BriefList(
                resources.stream()
                        .filter(resource ->
                                isNamed(resource, wanted) || isNamed(resource.parent, wanted))
                        .toList());
    }

    private static boolean isNamed(@Nullable Resource resource, NameFilter wanted) {
        return resource != null && wanted.shows(ResourceFilter.printableId(resource));
    }

    public boolean isEmpty() {
        return empty;
    }

    private void count(Primitive primitive) {
        String agent = ResourceLine.agent(primitive);
        totals.merge(agent, 1, Integer::sum);
        for (Node node : primitive.active) {
            if (node.unclean || node.online || !primitive.isManaged()) {
                active.computeIfAbsent(node.name, name -> new TreeMap<>())
                        .merge(agent, 1, Integer::sum);
            }
        }
    }

    /** Shows the counts; whether there was any. */
    public boolean show(StatusLists out, StatusView view) {
        boolean any = false;
        for (Map.Entry<String, Integer> total : totals.entrySet()) {
            String agent = total.getKey();
            boolean found = false;
            for (Map.Entry<String, Map<String, Integer>> node : active.entrySet()) {
                int count = node.getValue().getOrDefault(agent, 0);
                if (count > 0) {
                    found = true;
                    String name = view.shows(Show.RESOURCE_ONLY) ? "" : node.getKey();
                    String of = view.shows(Show.INACTIVE) ? "/" + total.getValue() : "";
                    out.item(count + of + "\t(" + agent + "):\tActive " + name);
                }
            }
            if (!found && view.shows(Show.INACTIVE)) {
                out.item("0/" + total.getValue() + "\t(" + agent + "):\tActive");
                found = true;
            }
            any |= found;
        }
        return any;
    }
}

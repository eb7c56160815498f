package org.holdfast.simulator.manager;

import java.util.List;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.controlapi.Caller;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.controlapi.ManagerRequest.CibAction;
import org.holdfast.controlapi.ManagerRequest.CibOption;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.manager.ManagerInput;

/** Somebody who changes the cluster at random, through whatever node is up. */
final class Administrator {

    /** The attribute of {@link #tagLife}. */
    static final String LIFE = "life";

    private static final Caller ROOT = new Caller("root", List.of("root"), "administrator");

    /** Takes note of what is asked. */
    interface Observer {
        void asked(long client, String what);
    }

    private final Observer observer;
    private final SeededRandom random;
    private final String clusterDelay;
    private final String timeout;
    private long lastClient;

    Administrator(Observer observer, SeededRandom random, String clusterDelay, String timeout) {
        this.clusterDelay = clusterDelay;
        this.timeout = timeout;
        this.observer = observer;
        this.random = random;
    }

    /** What every cluster begins with. */
    void prepare(Door through, int resources) {
        settings(through);
        for (int i = 0; i < resources; i++) {
            create(through, "r" + i);
        }
    }

    private void settings(Door through) {
        property(through, "stonith-enabled", "false");
        property(through, "cluster-delay", clusterDelay);
    }

    /** Does something through a node. */
    void act(Door through, List<String> nodes) {
        String resource = "r" + random.nextInt(4);
        String node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(12)) {
            case 0, 1 -> create(through, resource);
            case 2 -> delete(through, "//primitive[@id='" + resource + "']");
            case 3 -> standby(through, node, "on");
            case 4, 5 -> standby(through, node, "off");
            case 6 ->
                    ask(
                            through,
                            ManagerRequest.UpdateAttribute.of(
                                    node, "color", "c" + random.nextInt(9)));
            case 7 ->
                    ask(
                            through,
                            new ManagerRequest.CleanHistory(
                                    random.chance(0.5) ? resource : null,
                                    null,
                                    null,
                                    -1,
                                    random.chance(0.7)));
            case 8 -> prefer(through, resource, node, random.nextInt(200) - 50);
            case 9 -> delete(through, "//rsc_location[@rsc='" + resource + "']");
            case 10 -> property(through, "resource-stickiness", "" + random.nextInt(100));
            default -> targetRole(through, resource, random.chance(0.3) ? "Stopped" : "Started");
        }
    }

    /** Gives a node an attribute that tells which life of it set it. */
    void tagLife(Door through, int pid) {
        ask(through, ManagerRequest.UpdateAttribute.of(null, LIFE, Integer.toString(pid)));
    }

    /** Undoes what would keep a resource from running. */
    void restore(Door through, List<String> nodes) {
        settings(through);
        for (String node : nodes) {
            standby(through, node, "off");
        }
        for (int i = 0; i < 4; i++) {
            targetRole(through, "r" + i, "Started");
            delete(through, "//rsc_location[@rsc='r" + i + "']");
        }
        ask(through, new ManagerRequest.CleanHistory(null, null, null, -1, true));
    }

    private void create(Door through, String id) {
        modify(
                through,
                "resources",
                Element.of("resources")
                        .withChildren(
                                List.of(primitive(id).withChildren(List.of(operations(id))))));
    }

    private static Element primitive(String id) {
        return Element.of(
                "primitive", "id", id, "class", "ocf", "provider", "pacemaker", "type", "Dummy");
    }

    private Element operations(String id) {
        return Element.of("operations")
                .withChildren(
                        List.of(
                                op(id, "monitor", "5s"),
                                op(id, "start", "0s"),
                                op(id, "stop", "0s")));
    }

    private Element op(String id, String name, String interval) {
        return Element.of(
                "op",
                "id",
                id + "-" + name,
                "name",
                name,
                "interval",
                interval,
                "timeout",
                timeout);
    }

    private void targetRole(Door through, String resource, String role) {
        Element pair =
                Element.of(
                        "nvpair",
                        "id",
                        resource + "-meta-target-role",
                        "name",
                        "target-role",
                        "value",
                        role);
        Element meta =
                Element.of("meta_attributes", "id", resource + "-meta").withChildren(List.of(pair));
        ask(
                through,
                new ManagerRequest.CibOperation(
                        CibAction.MODIFY,
                        "resources",
                        Element.of("resources")
                                .withChildren(
                                        List.of(primitive(resource).withChildren(List.of(meta)))),
                        Set.of()));
    }

    private void standby(Door through, String node, String value) {
        String id = node.substring(1);
        Element pair =
                Element.of(
                        "nvpair",
                        "id",
                        "nodes-" + id + "-standby",
                        "name",
                        "standby",
                        "value",
                        value);
        Element set =
                Element.of("instance_attributes", "id", "nodes-" + id).withChildren(List.of(pair));
        modify(
                through,
                "nodes",
                Element.of("nodes")
                        .withChildren(
                                List.of(
                                        Element.of("node", "id", id, "uname", node)
                                                .withChildren(List.of(set)))));
    }

    private void prefer(Door through, String resource, String node, int score) {
        modify(
                through,
                "constraints",
                Element.of("constraints")
                        .withChildren(
                                List.of(
                                        Element.of(
                                                "rsc_location",
                                                "id",
                                                "loc-" + resource + "-" + node,
                                                "rsc",
                                                resource,
                                                "node",
                                                node,
                                                "score",
                                                Integer.toString(score)))));
    }

    private void property(Door through, String name, String value) {
        Element pair =
                Element.of(
                        "nvpair",
                        "id",
                        "cib-bootstrap-options-" + name,
                        "name",
                        name,
                        "value",
                        value);
        modify(
                through,
                "crm_config",
                Element.of("crm_config")
                        .withChildren(
                                List.of(
                                        Element.of(
                                                        "cluster_property_set",
                                                        "id",
                                                        "cib-bootstrap-options")
                                                .withChildren(List.of(pair)))));
    }

    private void modify(Door through, String section, Element data) {
        ask(
                through,
                new ManagerRequest.CibOperation(
                        CibAction.MODIFY, section, data, Set.of(CibOption.CAN_CREATE)));
    }

    private void delete(Door through, String xpath) {
        ask(
                through,
                new ManagerRequest.CibOperation(
                        CibAction.DELETE_ALL, xpath, null, Set.of(CibOption.XPATH)));
    }

    private void ask(Door through, ManagerRequest<?> request) {
        lastClient++;
        observer.asked(
                lastClient,
                "administrator asks " + through.name() + " " + request.getClass().getSimpleName());
        through.deliver(new ManagerInput.ControlRequested(lastClient, ROOT, request));
    }
}

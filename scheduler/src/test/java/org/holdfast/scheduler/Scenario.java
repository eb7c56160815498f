package org.holdfast.scheduler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ScoreLog;

/**
 * A small cluster put together for one test: all nodes online with quorum, no fencing, unless told
 * otherwise.
 */
public final class Scenario {

    /** The moment of every scenario: 2024-01-01 00:00 UTC, a Monday. */
    public static final long NOW = 1_704_067_200L;

    private static int lastId;

    private final Map<String, StringBuilder> nodes = new LinkedHashMap<>();
    private final Map<String, String> nodeContent = new LinkedHashMap<>();
    private final Map<String, String> transientAttributes = new LinkedHashMap<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private final StringBuilder resources = new StringBuilder();
    private final StringBuilder constraints = new StringBuilder();
    private final StringBuilder tickets = new StringBuilder();
    private final StringBuilder defaults = new StringBuilder();
    private boolean quorate = true;

    private Scenario() {}

    /** A cluster of nodes. */
    public static Scenario of(String... names) {
        Scenario scenario = new Scenario();
        for (String name : names) {
            scenario.nodes.put(name, new StringBuilder());
        }
        scenario.option("stonith-enabled", "false");
        return scenario;
    }

    private static String nvpair(String name, String value) {
        return "<nvpair id='nv%d' name='%s' value='%s'/>".formatted(++lastId, name, value);
    }

    /** Sets a cluster property. */
    public Scenario option(String name, String value) {
        options.put(name, nvpair(name, value));
        return this;
    }

    /** Takes quorum away. */
    public Scenario withoutQuorum() {
        quorate = false;
        return this;
    }

    /** Sets a default meta-attribute of all resources. */
    public Scenario resourceDefault(String name, String value) {
        defaults.append(nvpair(name, value));
        return this;
    }

    /** Adds a permanent node attribute. */
    public Scenario attribute(String node, String name, String value) {
        nodeContent.merge(
                node,
                "<instance_attributes id='ia%d'>%s</instance_attributes>"
                        .formatted(++lastId, nvpair(name, value)),
                String::concat);
        return this;
    }

    /** Adds capacity to a node. */
    public Scenario capacity(String node, String name, String value) {
        nodeContent.merge(
                node,
                "<utilization id='ut%d'>%s</utilization>".formatted(++lastId, nvpair(name, value)),
                String::concat);
        return this;
    }

    /** Sets a transient node attribute, such as a fail count or a promotion score. */
    public Scenario transientAttribute(String node, String name, String value) {
        transientAttributes.merge(node, nvpair(name, value), String::concat);
        return this;
    }

    /** Lets the history say that an operation of a Dummy succeeded a minute ago. */
    public Scenario history(String node, String resource, String operation, int exitStatus) {
        StringBuilder content = Objects.requireNonNull(nodes.get(node));
        content.append(
                ("<lrm_resource id='%1$s' class='ocf' provider='pacemaker' type='Dummy'>"
                                + "<lrm_rsc_op id='%1$s_last_0' operation_key='%1$s_%2$s_0' operation='%2$s'"
                                + " crm-debug-origin='x' crm_feature_set='3.20.0'"
                                + " transition-key='1:1:%3$d:f5b6a3c6-0000-4000-8000-000000000000'"
                                + " transition-magic='0:%3$d;1:1:%3$d:f5b6a3c6-0000-4000-8000-000000000000'"
                                + " call-id='%4$d' rc-code='%3$d' op-status='0' interval='0' on_node='%5$s' op-digest='f2317cad3d54cec5d7d7aa7d0bf35cf8'"
                                + " last-rc-change='%6$d'/></lrm_resource>")
                        .formatted(resource, operation, exitStatus, ++lastId, node, NOW - 60));
        return this;
    }

    /** Lets the history say that a resource was started. */
    public Scenario running(String node, String resource) {
        return history(node, resource, "start", 0);
    }

    /** Lets the history say that an instance was promoted. */
    public Scenario promoted(String node, String resource) {
        return history(node, resource, "promote", 0);
    }

    /** Adds a primitive with meta-attributes given as name, value, name, value... */
    public Scenario primitive(String id, String... meta) {
        resources.append(primitiveXml(id, meta));
        return this;
    }

    /** The XML of a primitive, for use inside groups and clones. */
    public static String primitiveXml(String id, String... meta) {
        return "<primitive id='%s' class='ocf' provider='pacemaker' type='Dummy'>%s</primitive>"
                .formatted(id, metaXml(meta));
    }

    private static String metaXml(String... meta) {
        if (meta.length == 0) {
            return "";
        }
        StringBuilder pairs = new StringBuilder();
        for (int i = 0; i < meta.length; i += 2) {
            pairs.append(nvpair(meta[i], meta[i + 1]));
        }
        return "<meta_attributes id='ma%d'>%s</meta_attributes>".formatted(++lastId, pairs);
    }

    /** Adds a primitive that uses capacity. */
    public Scenario using(String id, String name, String value, String... meta) {
        return resource(
                "<primitive id='%s' class='ocf' provider='pacemaker' type='Dummy'>%s<utilization id='ut%d'>%s</utilization></primitive>"
                        .formatted(id, metaXml(meta), ++lastId, nvpair(name, value)));
    }

    /** Adds a group of primitives. */
    public Scenario group(String id, String... members) {
        StringBuilder content = new StringBuilder();
        for (String member : members) {
            content.append(primitiveXml(member));
        }
        return resource("<group id='%s'>%s</group>".formatted(id, content));
    }

    /** Adds a clone of a primitive. */
    public Scenario clone(String id, String primitive, String... meta) {
        return resource(
                "<clone id='%s'>%s%s</clone>"
                        .formatted(id, metaXml(meta), primitiveXml(primitive)));
    }

    /** Adds any resource. */
    public Scenario resource(String xml) {
        resources.append(xml);
        return this;
    }

    /** Adds any constraint. */
    public Scenario constraint(String xml) {
        constraints.append(xml);
        return this;
    }

    /** Prefers a node. */
    public Scenario prefer(String resource, String node, String score) {
        return constraint(
                "<rsc_location id='loc%d' rsc='%s' node='%s' score='%s'/>"
                        .formatted(++lastId, resource, node, score));
    }

    /** Colocates two resources. */
    public Scenario together(String dependent, String primary, String score) {
        return constraint(
                "<rsc_colocation id='col%d' rsc='%s' with-rsc='%s' score='%s'/>"
                        .formatted(++lastId, dependent, primary, score));
    }

    /** Tells the state of a ticket. */
    public Scenario ticket(String id, boolean granted) {
        tickets.append("<ticket_state id='%s' granted='%s'/>".formatted(id, granted));
        return this;
    }

    /** The whole CIB. */
    public Element cib() {
        StringBuilder nodeList = new StringBuilder();
        StringBuilder states = new StringBuilder();
        int number = 0;
        for (Map.Entry<String, StringBuilder> node : nodes.entrySet()) {
            String name = node.getKey();
            number++;
            nodeList.append(
                    "<node id='%d' uname='%s'>%s</node>"
                            .formatted(number, name, nodeContent.getOrDefault(name, "")));
            states.append(
                    ("<node_state id='%1$d' uname='%2$s' in_ccm='true' crmd='online' join='member' expected='member'>"
                                    + "<lrm id='%1$d'><lrm_resources>%3$s</lrm_resources></lrm>"
                                    + "<transient_attributes id='%1$d'><instance_attributes id='tia%1$d'>%4$s</instance_attributes></transient_attributes>"
                                    + "</node_state>")
                            .formatted(
                                    number,
                                    name,
                                    node.getValue(),
                                    transientAttributes.getOrDefault(name, "")));
        }
        String text =
                ("<cib crm_feature_set='3.20.0' validate-with='pacemaker-4.0' epoch='1' num_updates='0' admin_epoch='0' have-quorum='%s' dc-uuid='1'>"
                                + "<configuration><crm_config><cluster_property_set id='cps'>%s</cluster_property_set></crm_config>"
                                + "<nodes>%s</nodes><resources>%s</resources><constraints>%s</constraints>"
                                + "<rsc_defaults><meta_attributes id='rd'>%s</meta_attributes></rsc_defaults></configuration>"
                                + "<status>%s<tickets>%s</tickets></status></cib>")
                        .formatted(
                                quorate ? "1" : "0",
                                String.join("", options.values()),
                                nodeList,
                                resources,
                                constraints,
                                defaults,
                                states,
                                tickets);
        try {
            return XmlParser.parse(text);
        } catch (XmlSyntaxException e) {
            throw new IllegalStateException(e.describe() + " in " + text, e);
        }
    }

    /** Schedules. */
    public Placed place() {
        List<String> lines = new ArrayList<>();
        ScoreLog log =
                new ScoreLog() {
                    @Override
                    public boolean wantsScores() {
                        return true;
                    }

                    @Override
                    public boolean wantsUtilization() {
                        return true;
                    }

                    @Override
                    public void take(Entry entry) {
                        if (!(entry instanceof Notice)) {
                            lines.add(entry.text());
                        }
                    }
                };
        Cluster cluster =
                Scheduler.schedule(new ScheduleRequest(cib(), TimeContext.utc(NOW), log, null));
        return new Placed(cluster, lines);
    }

    /**
     * What came out.
     *
     * @param lines the score lines
     */
    public record Placed(Cluster cluster, List<String> lines) {

        /** A resource by id. */
        public Resource resource(String id) {
            Resource resource = cluster.resource(id);
            if (resource == null) {
                throw new IllegalArgumentException("no resource " + id);
            }
            return resource;
        }

        /** The node that a resource goes to, "-" for none. */
        public String node(String id) {
            Node node = resource(id).assignedNode();
            return node == null ? "-" : node.name;
        }

        /** The nodes of several resources, joined by blanks. */
        public String nodes(String... ids) {
            StringBuilder names = new StringBuilder();
            for (String id : ids) {
                names.append(names.isEmpty() ? "" : " ").append(node(id));
            }
            return names.toString();
        }

        /** The names of nodes that instances of a clone go to, sorted. */
        public List<String> instances(String clone) {
            return resource(clone).children.stream()
                    .map(child -> node(child.id))
                    .filter(name -> !name.equals("-"))
                    .sorted()
                    .toList();
        }

        /** The names of nodes on which instances will be promoted, sorted. */
        public List<String> promoted(String clone) {
            return resource(clone).children.stream()
                    .filter(child -> child.nextRole == org.holdfast.scheduler.model.Role.PROMOTED)
                    .map(child -> node(child.id))
                    .sorted()
                    .toList();
        }

        /** The score line of the last step that assigned a resource, without the step's name. */
        public String score(String resource, String node) {
            String wanted =
                    "pcmk__primitive_assign: " + resource + " allocation score on " + node + ": ";
            return lines.stream()
                    .filter(line -> line.startsWith(wanted))
                    .map(line -> line.substring(wanted.length()))
                    .reduce((first, last) -> last)
                    .orElse("none");
        }
    }
}

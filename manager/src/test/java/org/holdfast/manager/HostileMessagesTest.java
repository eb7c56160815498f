package org.holdfast.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.manager.assembly.SchedulerPlanner;
import org.holdfast.testkit.Mutations;
import org.holdfast.wire.pacemaker.MalformedFrameException;
import org.holdfast.wire.pacemaker.PacemakerFrame;
import org.junit.jupiter.api.Test;

/**
 * A member of the groups sends damaged and senseless messages to managers at work: mutated frames,
 * and sound frames whose XML lacks, repeats or misuses parts. No manager fails. {@code
 * -Dholdfast.fuzz.rounds=1000000} for a long run.
 */
class HostileMessagesTest {

    private static final int MESSAGES_A_CLUSTER = 2000;
    private static final int HEARD_MAX = 400;
    private static final List<String> GROUPS = List.of("cib", "attrd", "stonith-ng", "crmd");

    private static final List<String> VALUES =
            List.of(
                    "",
                    "0",
                    "1",
                    "-1",
                    "2147483648",
                    "99999999999999999999",
                    "INFINITY",
                    "true",
                    "false",
                    "n1",
                    "n2",
                    "n9",
                    "nonsense",
                    "a:b:c",
                    "1:2:3:4:5",
                    "0:0;1:2:3:x",
                    "/cib/status",
                    "//*[@id=']",
                    "3.20.5",
                    "\u00e4\u20ac",
                    "x".repeat(5000));

    private final SeededRandom random = new SeededRandom(0xBADC1B);
    private final Mutations mutations = new Mutations(random);
    private final Map<String, List<byte[]>> heard = new LinkedHashMap<>();

    private int restarts;

    @Test
    void messagesWithoutSenseAreSurvived() {
        int rounds = Integer.getInteger("holdfast.fuzz.rounds", 6_000);
        long start = System.nanoTime();
        for (int sent = 0; sent < rounds; sent += MESSAGES_A_CLUSTER) {
            play(sent);
        }
        System.out.printf(
                "%,d hostile messages into managers at work in %.1f s, %,d were told to stop%n",
                rounds, (System.nanoTime() - start) / 1e9, restarts);
        assertThat(heard.keySet()).contains("cib", "attrd", "crmd");
    }

    private void play(int seed) {
        TestCluster cluster = new TestCluster(3, new SchedulerPlanner());
        cluster.listener = this::remember;
        cluster.startAll();
        cluster.run(10);
        cluster.property(1, "stonith-enabled", "false");
        cluster.settle(10_000);
        cluster.dummy(2, "d", "");
        for (int i = 0; i < MESSAGES_A_CLUSTER; i++) {
            String group = GROUPS.get(random.nextInt(GROUPS.size()));
            List<byte[]> known = heard.getOrDefault(group, List.of());
            if (known.isEmpty() || cluster.running().isEmpty()) {
                continue;
            }
            byte[] bytes =
                    random.chance(0.3)
                            ? mutations.next(known)
                            : senseless(known.get(random.nextInt(known.size())));
            try {
                send(cluster, group, bytes);
                restartStopped(cluster);
                work(cluster, i);
                cluster.run(random.nextInt(200));
            } catch (RuntimeException | StackOverflowError e) {
                fail(
                        "cluster %d, message %d in group %s: %s"
                                .formatted(
                                        seed,
                                        i,
                                        group,
                                        new String(
                                                bytes,
                                                Math.min(PacemakerFrame.HEADER_BYTES, bytes.length),
                                                Math.max(
                                                        0,
                                                        bytes.length - PacemakerFrame.HEADER_BYTES),
                                                StandardCharsets.UTF_8)),
                        e);
            }
        }
    }

    /** Delivered to all, as the ring does. */
    private void send(TestCluster cluster, String group, byte[] bytes) {
        TestCluster.TestNode sender =
                cluster.running().get(random.nextInt(cluster.running().size()));
        for (TestCluster.TestNode node : cluster.running()) {
            node.step(new ManagerInput.GroupMessage(group, sender.id, sender.pid, bytes));
        }
    }

    private void restartStopped(TestCluster cluster) {
        for (int node = 1; node <= 3; node++) {
            if (!cluster.node(node).up) {
                restarts++;
                cluster.start(node);
            }
        }
    }

    /** The cluster has something to do meanwhile. */
    private void work(TestCluster cluster, int round) {
        int node = 1 + random.nextInt(3);
        if (round % 100 == 50) {
            cluster.ask(node, ManagerRequest.UpdateAttribute.of("n" + node, "color", "c" + round));
        } else if (round % 100 == 99) {
            cluster.ask(
                    node,
                    new ManagerRequest.CibOperation(
                            ManagerRequest.CibAction.MODIFY,
                            "crm_config",
                            TestCluster.parse(
                                    "<crm_config><cluster_property_set id='cib-bootstrap-options'>"
                                            + "<nvpair id='s' name='resource-stickiness' value='"
                                            + round
                                            + "'/></cluster_property_set></crm_config>"),
                            Set.of(ManagerRequest.CibOption.CAN_CREATE)));
        }
    }

    private void remember(String group, byte[] bytes) {
        List<byte[]> known = heard.computeIfAbsent(group, _ -> new ArrayList<>());
        if (known.size() < HEARD_MAX) {
            known.add(bytes);
        } else if (random.nextInt(10) == 0) {
            known.set(random.nextInt(HEARD_MAX), bytes);
        }
    }

    private byte[] senseless(byte[] original) {
        try {
            PacemakerFrame frame = PacemakerFrame.decode(original);
            Element message = XmlParser.parse(frame.text());
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                message = change(message);
            }
            byte[] text = XmlPrinter.compact(message).getBytes(StandardCharsets.UTF_8);
            return PacemakerFrame.ofText(frame.number(), frame.target(), frame.sender(), text)
                    .encode();
        } catch (MalformedFrameException | XmlSyntaxException e) {
            // A part of a long message.
            return original;
        }
    }

    /** Changes the element or one below it. */
    private Element change(Element element) {
        List<Node> children = element.children();
        if (!children.isEmpty() && random.chance(0.7)) {
            int at = random.nextInt(children.size());
            if (children.get(at) instanceof Element child) {
                return switch (random.nextInt(8)) {
                    case 0 -> element.remove(at);
                    case 1 -> element.append(child);
                    case 2 -> element.replace(at, child.withChildren(List.of()));
                    default -> element.replace(at, change(child));
                };
            }
        }
        if (element.attributeCount() == 0) {
            return element.withName(random.chance(0.5) ? "nonsense" : element.name());
        }
        String attribute = element.attributeName(random.nextInt(element.attributeCount()));
        return switch (random.nextInt(8)) {
            case 0, 1 -> element.without(attribute);
            case 2 -> element.withName(random.chance(0.5) ? "nonsense" : "cib");
            case 3 ->
                    element.with(
                            attribute,
                            element.attributeValue(random.nextInt(element.attributeCount())));
            default -> element.with(attribute, VALUES.get(random.nextInt(VALUES.size())));
        };
    }
}

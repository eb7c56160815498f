package org.holdfast.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.kernel.SeededRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a configuration says may make the scheduler fail, loop or take for ever. */
final class RobustnessTest {

    private static Scenario many(int resources) {
        Scenario scenario = Scenario.of("n1", "n2");
        for (int i = 0; i < resources; i++) {
            scenario.primitive("r" + i);
        }
        return scenario;
    }

    private static void schedule(Scenario scenario) {
        Element cib = scenario.cib();
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThat(Transition.of(cib).decision()).isNotNull());
    }

    @Test
    void aRingOfOrdersEnds() {
        Scenario scenario = many(50);
        for (int i = 0; i < 50; i++) {
            scenario.constraint(
                    "<rsc_order id='o%d' first='r%d' then='r%d'/>".formatted(i, i, (i + 1) % 50));
        }
        schedule(scenario);
    }

    @Test
    void aLongChainOfOrdersNeedsNoLongStack() {
        Scenario scenario = many(3000);
        for (int i = 1; i < 3000; i++) {
            scenario.constraint(
                    "<rsc_order id='o%d' first='r%d' then='r%d'/>".formatted(i, i - 1, i));
        }
        schedule(scenario);
    }

    @Test
    void aLongChainOfBlockedColocationsNeedsNoLongStack() {
        Scenario scenario = many(2000).primitive("z", "target-role", "Stopped");
        scenario.constraint("<rsc_order id='first' first='z' then='r0'/>");
        for (int i = 1; i < 2000; i++) {
            scenario.together("r" + i, "r" + (i - 1), "INFINITY");
        }
        schedule(scenario);
    }

    @Test
    void contradictoryOrdersEnd() {
        Scenario scenario = many(20);
        String[] kinds = {"Mandatory", "Optional", "Serialize"};
        int id = 0;
        for (int i = 0; i < 20; i++) {
            for (int k = 0; k < 20; k++) {
                scenario.constraint(
                        "<rsc_order id='o%d' first='r%d' then='r%d' kind='%s'/>"
                                .formatted(++id, i, k, kinds[id % 3]));
            }
        }
        schedule(scenario);
    }

    @Test
    void referencesToNothingAreLeftOut() {
        Scenario scenario =
                many(2).constraint("<rsc_order id='a' first='nobody' then='r0'/>")
                        .constraint("<rsc_order id='b' first='r0'/>")
                        .constraint("<rsc_order id='c'/>")
                        .together("nobody", "r1", "INFINITY")
                        .constraint("<rsc_location id='d' rsc='r1' node='nowhere' score='5'/>")
                        .constraint("<rsc_ticket id='e' rsc='nobody' ticket='t'/>");
        assertThat(Transition.of(scenario).actions()).contains("r0_start_0 n1");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void damagedConfigurationsAreScheduledOrLeftOut(long seed) {
        SeededRandom random = new SeededRandom(seed);
        for (int i = 0; i < 40; i++) {
            Element damaged = damage(rich().cib(), random, 1 + i % 4);
            int round = i;
            assertThatCode(() ->
                            Assertions.assertTimeoutPreemptively(
                                    Duration.ofSeconds(20), () -> Transition.of(damaged)))
                    .describedAs("seed %d, round %d: %s", seed, round, damaged)
                    .doesNotThrowAnyException();
        }
    }

    private static Scenario rich() {
        return Scenario.of("n1", "n2", "n3")
                .option("stonith-enabled", "true")
                .resource("<primitive id='fence' class='stonith' type='fence_x'/>")
                .primitive("a", "allow-migrate", "true")
                .group("g", "b", "c")
                .clone("cl", "d", "promotable", "true", "notify", "true")
                .clone("ci", "e", "interleave", "true")
                .resource(
                        "<bundle id='bu'><docker image='x' replicas='2'/>"
                                + "<network ip-range-start='10.0.0.5'/>"
                                + "<primitive id='in' class='ocf' provider='pacemaker' type='Dummy'>"
                                + "<operations><op id='im' name='monitor' interval='10s'/></operations>"
                                + "</primitive></bundle>")
                .resource(
                        "<primitive id='vm' class='ocf' provider='heartbeat' type='VirtualDomain'>"
                                + "<meta_attributes id='vmm'><nvpair id='vmn' name='remote-node'"
                                + " value='guest'/></meta_attributes></primitive>")
                .running("n1", "a")
                .running("n2", "b")
                .promoted("n3", "d")
                .prefer("a", "n2", "100")
                .together("g", "a", "INFINITY")
                .together("cl", "ci", "50")
                .constraint(
                        "<rsc_order id='o1' first='cl' then='g' first-action='promote' then-action='start'/>")
                .constraint("<rsc_order id='o2' first='ci' then='cl'/>")
                .constraint("<rsc_order id='o3' first='a' then='bu' symmetrical='false'/>")
                .constraint("<rsc_ticket id='t1' rsc='g' ticket='T' loss-policy='fence'/>");
    }

    /** Removes, doubles or moves elements, and removes, changes or swaps attribute values. */
    private static Element damage(Element cib, SeededRandom random, int times) {
        Element damaged = cib;
        for (int i = 0; i < times; i++) {
            damaged = damageOnce(damaged, random, 0);
        }
        return damaged;
    }

    private static Element damageOnce(Element element, SeededRandom random, int depth) {
        List<Element> children = element.elements();
        boolean deeper = depth < 2 || random.nextInt(3) != 0;
        if (!children.isEmpty() && deeper) {
            int at = random.nextInt(children.size());
            List<Node> changed = new ArrayList<>(children);
            if (depth > 1 && random.nextInt(6) == 0) {
                changed.remove(at);
            } else if (depth > 1 && random.nextInt(6) == 0) {
                changed.add(children.get(random.nextInt(children.size())));
            } else {
                changed.set(at, damageOnce(children.get(at), random, depth + 1));
            }
            return withChildren(element, changed);
        }
        if (element.attributeCount() == 0) {
            return element;
        }
        String name = element.attributeName(random.nextInt(element.attributeCount()));
        String[] values = {
            "", "-1", "INFINITY", "true", "nobody", "n1", "Promoted", "99999999999999"
        };
        return element.with(name, values[random.nextInt(values.length)]);
    }

    private static Element withChildren(Element element, List<Node> children) {
        List<String> attributes = new ArrayList<>();
        element.forEachAttribute((name, value) -> {
            attributes.add(name);
            attributes.add(value);
        });
        return Element.of(element.name(), attributes.toArray(new String[0]), children);
    }
}

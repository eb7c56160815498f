package org.holdfast.simulator.manager;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.manager.cibsync.CibVersion;

/**
 * What must hold in every run.
 *
 * <p>Without fencing a cluster cannot promise that a service runs only once: the side that lost
 * quorum may still be stopping while the other side starts. What is promised, and checked: no
 * service is started on a node while it runs on another one that has been in the same partition for
 * {@value #TOGETHER_MILLIS} ms without a break.
 */
final class Invariants {

    private static final long TOGETHER_MILLIS = 30_000;
    private static final long TWO_DCS_MILLIS = 10_000;

    private final ManagerWorld world;
    private final Map<String, CibVersion> versions = new LinkedHashMap<>();
    private final Map<String, String> contents = new LinkedHashMap<>();
    private long ringsChangedMillis;
    private long twoDcsSinceMillis = -1;
    private long steps;

    Invariants(ManagerWorld world) {
        this.world = world;
    }

    void ringsChanged() {
        ringsChangedMillis = world.elapsedMillis();
        contents.clear();
        twoDcsSinceMillis = -1;
    }

    /** A manager took a step. */
    void stepped(Machine machine, Machine.Process process) {
        steps++;
        versionRises(machine, process);
        if (steps % 16 == 0) {
            sameOrderSameContent(process);
        }
        if (steps % 64 == 0) {
            oneDc();
        }
    }

    /** A copy that has not been compared yet may still turn out not to count. */
    private void versionRises(Machine machine, Machine.Process process) {
        if (!process.manager.isCibInStep()) {
            return;
        }
        CibVersion now = CibVersion.of(process.manager.cib());
        String key = machine.name() + process.pid;
        CibVersion before = versions.put(key, now);
        if (before != null && now.compareTo(before) < 0) {
            throw world.broken(
                    "the CIB of %s went from %s back to %s".formatted(machine.name(), before, now));
        }
    }

    /** Members that have seen the same messages have the same CIB. */
    private void sameOrderSameContent(Machine.Process process) {
        if (!process.manager.isCibInStep()) {
            return;
        }
        String point = world.bus().ringOf(process) + "/" + world.bus().positionOf(process);
        String content = XmlPrinter.compact(process.manager.cib());
        String other = contents.putIfAbsent(point, content);
        if (other != null && !other.equals(content)) {
            throw world.broken(
                    "%s has another CIB than others at the same point of the order:%n%s%n%s"
                            .formatted(process.name(), content, other));
        }
        if (contents.size() > 500) {
            contents.clear();
        }
    }

    private void oneDc() {
        SortedMap<Long, List<String>> leaders = new TreeMap<>();
        boolean two = false;
        for (Machine machine : world.machines()) {
            Machine.Process process = machine.process();
            if (process != null && leads(process)) {
                List<String> names =
                        leaders.computeIfAbsent(
                                world.bus().ringOf(process), key -> new ArrayList<>());
                names.add(machine.name());
                two |= names.size() > 1;
            }
        }
        if (!two) {
            twoDcsSinceMillis = -1;
        } else if (twoDcsSinceMillis < 0) {
            twoDcsSinceMillis = world.elapsedMillis();
        } else if (world.elapsedMillis() - twoDcsSinceMillis > TWO_DCS_MILLIS) {
            throw world.broken("more than one DC in a partition: " + leaders);
        }
    }

    private static boolean leads(Machine.Process process) {
        return switch (process.manager.controllerState()) {
            case "S_INTEGRATION",
                    "S_FINALIZE_JOIN",
                    "S_POLICY_ENGINE",
                    "S_TRANSITION_ENGINE",
                    "S_IDLE" ->
                    true;
            default -> false;
        };
    }

    /** A service was started. */
    void serviceStarted(Machine machine, String resource) {
        Machine.Process here = machine.process();
        if (here == null || world.elapsedMillis() - ringsChangedMillis < TOGETHER_MILLIS) {
            return;
        }
        for (Machine other : world.machines()) {
            Machine.Process there = other.process();
            if (other != machine
                    && there != null
                    && other.agents().isActive(resource)
                    && world.bus().together(here, there)) {
                throw world.broken(
                        "%s was started on %s while it runs on %s"
                                .formatted(resource, machine.name(), other.name()));
            }
        }
    }

    /** Whether all is quiet: one DC, idle, everybody joined, no agent running for long. */
    boolean isSettled() {
        Set<String> leaders = new LinkedHashSet<>();
        for (Machine machine : world.machines()) {
            Machine.Process process = machine.process();
            if (process == null || process.stopping) {
                return false;
            }
            String state = process.manager.controllerState();
            if (!state.equals("S_IDLE") && !state.equals("S_NOT_DC")) {
                return false;
            }
            leaders.add(String.valueOf(process.manager.dc()));
        }
        return leaders.size() == 1 && !leaders.contains("null");
    }

    String describe() {
        List<String> all = new ArrayList<>();
        for (Machine machine : world.machines()) {
            Machine.Process process = machine.process();
            all.add(
                    machine.name()
                            + (process == null
                                    ? " down"
                                    : " "
                                            + process.manager.controllerState()
                                            + " dc="
                                            + process.manager.dc()
                                            + " inStep="
                                            + process.manager.isCibInStep()));
        }
        return all.toString();
    }

    /** All is quiet: everybody agrees, and every service runs once. */
    void atRest() {
        Element cib = null;
        for (Machine machine : world.machines()) {
            Element own = world.cibOf(machine);
            if (own != null && cib != null && !own.equals(cib)) {
                throw world.broken(
                        "CIBs differ at rest:%n%s%n%s"
                                .formatted(XmlPrinter.compact(cib), XmlPrinter.compact(own)));
            }
            cib = own;
        }
        if (cib == null) {
            return;
        }
        attributesAgree(cib);
        Element resources = cib.path("configuration", "resources");
        for (Element primitive :
                resources == null ? List.<Element>of() : resources.elements("primitive")) {
            if (!primitive.has("class")) {
                continue;
            }
            List<String> where = new ArrayList<>();
            for (Machine machine : world.machines()) {
                if (machine.agents().isActive(primitive.id())) {
                    where.add(machine.name());
                }
            }
            if (where.size() != 1) {
                throw world.broken(
                        "%s runs on %s at rest:%n%s"
                                .formatted(primitive.id(), where, XmlPrinter.compact(cib)));
            }
        }
        String left = PlanTime.leftToDo(cib, world.clock().wallMillis() / 1000);
        if (!left.isEmpty()) {
            throw world.broken(left);
        }
    }

    /** The status section has each node's attributes as every attribute manager has them. */
    private void attributesAgree(Element cib) {
        for (Machine machine : world.machines()) {
            Machine.Process process = machine.process();
            if (process == null) {
                continue;
            }
            Map<String, String> written = new LinkedHashMap<>();
            Element status = cib.first("status");
            for (Element state :
                    status == null ? List.<Element>of() : status.elements("node_state")) {
                Element set = state.path("transient_attributes", "instance_attributes");
                for (Element pair : set == null ? List.<Element>of() : set.elements("nvpair")) {
                    if (pair.getOr("name", "").equals("color")) {
                        written.put(state.id(), pair.getOr("value", ""));
                    }
                }
            }
            Map<String, String> held = new LinkedHashMap<>();
            process.manager
                    .attributeValues("color")
                    .forEach((node, value) -> held.put(node.toString(), value));
            if (!held.equals(written)) {
                throw world.broken(
                        "attributes of %s are %s, the CIB has %s"
                                .formatted(machine.name(), held, written));
            }
        }
    }
}

package org.holdfast.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a node says about the cluster ({@code holdfast-state}).
 *
 * @param ring the ring's identity; empty if the node did not answer
 * @param quorate whether its partition may act
 * @param members names of the ring's members
 * @param online names of the nodes whose manager takes part
 * @param dc the designated controller's name; empty if there is none
 * @param idle whether there is nothing left to do
 * @param resources where each resource is active
 */
record ClusterState(
        String ring,
        boolean quorate,
        List<String> members,
        List<String> online,
        String dc,
        boolean idle,
        SequencedMap<String, List<String>> resources) {

    static final ClusterState UNKNOWN =
            new ClusterState("", false, List.of(), List.of(), "", false, new TreeMap<>());

    static ClusterState parse(String text) {
        String ring = "";
        boolean quorate = false;
        TreeSet<String> members = new TreeSet<>();
        TreeSet<String> online = new TreeSet<>();
        String dc = "";
        boolean idle = false;
        SequencedMap<String, List<String>> resources = new TreeMap<>();
        for (String line : text.split("\n")) {
            String[] words = line.strip().split(" +");
            if (words.length < 2) {
                continue;
            }
            switch (words[0]) {
                case "ring" -> ring = words[1];
                case "quorate" -> quorate = words[1].equals("yes");
                case "member" -> members.add(words[words.length - 1]);
                case "online" -> online.add(words[1]);
                case "dc" -> dc = words[1];
                case "idle" -> idle = words[1].equals("yes");
                case "resource" -> {
                    List<String> nodes = new ArrayList<>(List.of(words));
                    nodes.removeFirst();
                    resources.put(nodes.removeFirst(), nodes);
                }
                default -> {}
            }
        }
        return new ClusterState(
                ring, quorate, List.copyOf(members), List.copyOf(online), dc, idle, resources);
    }

    /** The nodes on which a resource is active. */
    List<String> nodesOf(String resource) {
        return resources.getOrDefault(resource, List.of());
    }
}

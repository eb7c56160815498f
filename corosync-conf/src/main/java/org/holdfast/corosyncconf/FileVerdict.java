package org.holdfast.corosyncconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code corosync -t} of Corosync 3.1.7 says to a file: it stops at the first thing that is
 * wrong, in the order in which it looks. {@link ConfChecker} says all that is wrong, and more, in
 * other words.
 */
public final class FileVerdict {

    private FileVerdict() {}

    /**
     * The sentence against a file; empty if Corosync takes it.
     *
     * @param file as it is on the disk
     */
    public static Optional<Complaint> of(byte[] file, Machine machine) {
        ConfSection parsed;
        try {
            parsed = ConfParser.parse(file, new ParserVerdict(machine));
        } catch (ConfSyntaxException e) {
            return Optional.of(new Complaint(e.line(), e.reason()));
        }
        SortedMap<String, ConfKey> keys = new TreeMap<>();
        ConfKeys.of(parsed).forEach(key -> keys.put(key.name(), key));
        return LoggingVerdict.of(keys)
                .or(() -> stateDirectory(keys, machine))
                .or(() -> TotemVerdict.of(keys, machine, machine.localNode(names(parsed))))
                .map(text -> new Complaint(0, text));
    }

    /** A file with nothing but what a node is known by, which may be wrong as it likes. */
    private static ClusterConf names(ConfSection file) {
        List<ConfItem> nodes = new ArrayList<>();
        for (ConfSection node : NodeSections.of(file)) {
            List<ConfItem> kept = new ArrayList<>();
            kept.add(new ConfEntry("nodeid", Integer.toString(nodes.size() + 1)));
            node.entry("name").ifPresent(kept::add);
            node.entry("ring0_addr").ifPresent(kept::add);
            nodes.add(new ConfSection("node", kept));
        }
        return new ClusterConf(
                new ConfSection("", List.of(new ConfSection("nodelist", List.copyOf(nodes)))));
    }

    private static Optional<String> stateDirectory(
            SortedMap<String, ConfKey> keys, Machine machine) {
        ConfKey key = keys.get("system.state_dir");
        String path = key == null ? ClusterConf.DEFAULT_STATE_DIRECTORY : key.value();
        return machine.problemWithDirectory(path)
                .map(why -> "Cannot chdir to state directory " + path + ". " + why);
    }
}

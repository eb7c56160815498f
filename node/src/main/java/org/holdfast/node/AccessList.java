package org.holdfast.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.holdfast.controlapi.CmapEntry;
import org.holdfast.corosyncconf.ConfParser;
import org.holdfast.corosyncconf.ConfSection;
import org.holdfast.corosyncconf.ConfSyntaxException;
import org.holdfast.linux.UserGroups;

/**
 * Users and groups beyond root, {@code hacluster} and {@code haclient} that may use the cluster
 * layer: the {@code uidgid} sections of corosync.conf, the files of {@code uidgid.d} beside it, and
 * the keys {@code uidgid.uid.N} and {@code uidgid.gid.N} that an administrator sets. Immutable.
 *
 * @param uids those users
 * @param gids those groups; the group counts that a process runs with, as for Corosync
 */
record AccessList(Set<Integer> uids, Set<Integer> gids) {

    /** Keys of this kind are set at run time. */
    static final String KEYS = "uidgid.";

    private static final String DIRECTORY = "uidgid.d";
    private static final String GRANTED = "1";
    private static final String ADMINISTRATORS = "haclient";
    private static final String MANAGER = "hacluster";

    static final AccessList NOBODY = new AccessList(Set.of(), Set.of());

    /**
     * Reads what the files say. Names that nobody has are passed over, with a line for the log.
     *
     * @param file the configuration
     * @param path where it came from
     */
    static AccessList read(ConfSection file, Path path, Consumer<String> log) {
        List<ConfSection> sections = new ArrayList<>(file.sections("uidgid"));
        Path directory = path.resolveSibling(DIRECTORY);
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                for (Path one : files) {
                    if (Files.isRegularFile(one)) {
                        sections.addAll(sectionsOf(one, log));
                    }
                }
            } catch (IOException e) {
                log.accept("Cannot read " + directory + ": " + e.getMessage());
            }
        }
        SortedSet<Integer> uids = new TreeSet<>();
        SortedSet<Integer> gids = new TreeSet<>();
        for (ConfSection section : sections) {
            section.entries().stream()
                    .filter(entry -> entry.name().equals("uid"))
                    .forEach(entry -> add(uids, "user", entry.value(), UserGroups::uid, log));
            section.entries().stream()
                    .filter(entry -> entry.name().equals("gid"))
                    .forEach(entry -> add(gids, "group", entry.value(), UserGroups::gid, log));
        }
        return new AccessList(uids, gids);
    }

    private static List<ConfSection> sectionsOf(Path file, Consumer<String> log)
            throws IOException {
        try {
            return ConfParser.parse(Files.readAllBytes(file)).sections("uidgid");
        } catch (ConfSyntaxException e) {
            log.accept("Not used: " + e.describe(file.toString()));
            return List.of();
        }
    }

    private static void add(
            Collection<Integer> ids,
            String kind,
            String name,
            Function<String, OptionalInt> lookup,
            Consumer<String> log) {
        number(name, lookup)
                .ifPresentOrElse(
                        ids::add,
                        () -> log.accept("uidgid: there is no " + kind + " named " + name));
    }

    /** What a name stands for; some users and groups have only a number. */
    static OptionalInt number(String name, Function<String, OptionalInt> lookup) {
        return name.matches("[0-9]{1,9}")
                ? OptionalInt.of(Integer.parseInt(name))
                : lookup.apply(name);
    }

    /** With what keys of the configuration map grant. */
    AccessList with(List<CmapEntry> keys) {
        SortedSet<Integer> moreUids = new TreeSet<>(uids);
        SortedSet<Integer> moreGids = new TreeSet<>(gids);
        for (CmapEntry entry : keys) {
            if (entry.value().equals(GRANTED)
                    && entry.key().matches("uidgid\\.[ug]id\\.\\d{1,9}")) {
                int id = Integer.parseInt(entry.key().substring("uidgid.uid.".length()));
                (entry.key().startsWith("uidgid.uid.") ? moreUids : moreGids).add(id);
            }
        }
        return new AccessList(moreUids, moreGids);
    }

    /** As keys of the configuration map. */
    List<CmapEntry> keys() {
        List<CmapEntry> keys = new ArrayList<>();
        gids.forEach(gid -> keys.add(new CmapEntry(KEYS + "config.gid." + gid, "u8", GRANTED)));
        uids.forEach(uid -> keys.add(new CmapEntry(KEYS + "config.uid." + uid, "u8", GRANTED)));
        return keys;
    }

    /** Whether anybody is listed. */
    boolean isEmpty() {
        return uids.isEmpty() && gids.isEmpty();
    }

    /** Whether a user is listed, or the group that its process runs with. */
    boolean lists(int uid, int gid) {
        return uids.contains(uid) || gids.contains(gid);
    }

    /** Whether a process may use the cluster layer, whatever the reason. */
    boolean admits(int uid, List<Integer> all, int ownUid) {
        boolean listed = !all.isEmpty() && lists(uid, all.getFirst());
        return uid == 0
                || uid == ownUid
                || listed
                || all.contains(0)
                || is(UserGroups.uid(MANAGER), uid)
                || UserGroups.gid(ADMINISTRATORS).stream().anyMatch(all::contains);
    }

    private static boolean is(OptionalInt wanted, int id) {
        return wanted.isPresent() && wanted.getAsInt() == id;
    }
}

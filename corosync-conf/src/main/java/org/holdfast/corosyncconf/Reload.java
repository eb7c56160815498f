package org.holdfast.corosyncconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of a file counts that a running node reads again. Some keys are settled at the start: their
 * old value stays, as with Corosync, and the administrator is told.
 *
 * @param file the file with the old values of those keys
 * @param refused the keys whose new value does not count
 */
public record Reload(ConfSection file, List<String> refused) {

    private static final List<String> SETTLED =
            List.of(
                    "totem.version",
                    "totem.threads",
                    "totem.ip_version",
                    "totem.rrp_mode",
                    "totem.netmtu",
                    "totem.transport",
                    "totem.cluster_name",
                    "quorum.provider",
                    "system.move_to_root_cgroup",
                    "system.allow_knet_handle_fallback",
                    "system.sched_rr",
                    "system.priority",
                    "system.qb_ipc_type",
                    "system.state_dir");

    /** Copies the list. */
    public Reload {
        refused = List.copyOf(refused);
    }

    /**
     * Compares a file with the one that is in force.
     *
     * @param running what is in force
     * @param read the file as it is now
     */
    public static Reload of(ConfSection running, ConfSection read) {
        ConfSection file = read;
        List<String> refused = new ArrayList<>();
        for (String key : SETTLED) {
            int dot = key.indexOf('.');
            String section = key.substring(0, dot);
            String name = key.substring(dot + 1);
            Optional<String> before = Merged.section(running, section).value(name);
            Optional<String> now = Merged.section(read, section).value(name);
            if (now.isPresent() && !now.equals(before)) {
                refused.add(key);
                file = with(file, section, name, before);
            }
        }
        return new Reload(file, refused);
    }

    /** With the value in the first section of that name, and in no other. */
    private static ConfSection with(
            ConfSection file, String section, String name, Optional<String> value) {
        ConfSection changed = file;
        for (ConfSection one : file.sections(section)) {
            changed = changed.withReplaced(one, one.withoutValue(name));
        }
        ConfSection first = changed.sections(section).getFirst();
        return value.isEmpty()
                ? changed
                : changed.withReplaced(first, first.withValue(name, value.get()));
    }

    /** What is said of a key whose new value does not count. */
    public static String remark(String key) {
        return "Modified entry '" + key + "' in corosync.conf cannot be changed at run-time";
    }
}

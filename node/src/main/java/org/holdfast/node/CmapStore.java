package org.holdfast.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.holdfast.controlapi.CmapEntry;
import org.holdfast.corosyncconf.ConfKey;
import org.holdfast.corosyncconf.ConfPath;
import org.holdfast.corosyncconf.ConfSection;

/**
 * The configuration map as administrators write to it: keys of their own are kept, keys of the
 * configuration file's sections change the running configuration until the file is read again, and
 * what Corosync protects is refused. Texts are the names of Corosync's errors.
 */
final class CmapStore {

    /** Key names as icmap takes them. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._/:-]{3,255}");

    private static final int KEYS_MAX = 10_000;

    private static final List<String> PROTECTED_PREFIXES =
            List.of(
                    "internal_configuration.",
                    "runtime.services.",
                    "runtime.config.",
                    "runtime.totem.",
                    "uidgid.config.",
                    "system.",
                    "nodelist.",
                    "stats.");
    private static final List<String> PROTECTED =
            List.of(
                    "totem.crypto_cipher",
                    "totem.crypto_hash",
                    "totem.crypto_model",
                    "totem.keyfile",
                    "totem.key",
                    "totem.secauth",
                    "totem.ip_version",
                    "totem.ip_dscp",
                    "totem.transport",
                    "totem.cluster_name",
                    "totem.netmtu",
                    "totem.threads",
                    "totem.version",
                    "totem.nodeid",
                    "totem.clear_node_high_bit",
                    "config.reload_in_progress",
                    "config.totemconfig_reload_in_progress",
                    "quorum.allow_downscale",
                    "quorum.wait_for_all",
                    "quorum.last_man_standing",
                    "quorum.last_man_standing_window",
                    "quorum.expected_votes_tracking",
                    "quorum.auto_tie_breaker",
                    "quorum.auto_tie_breaker_node");
    private static final List<String> SECTIONS = List.of("totem.", "quorum.", "logging.");

    /** Where a key goes when the file no longer has it; elsewhere Corosync lets it stay. */
    private static final List<String> CLEANED =
            List.of("totem.", "quorum.", "logging.", "nodelist.", "uidgid.config.", "nozzle.");

    private final SortedMap<String, CmapEntry> own = new TreeMap<>();
    private final SortedMap<String, CmapEntry> old = new TreeMap<>();
    private final SortedSet<String> hidden = new TreeSet<>();
    private final SortedMap<String, Long> cleared = new TreeMap<>();

    /** Lays the own keys over others; counters count from when they were cleared. */
    List<CmapEntry> over(List<CmapEntry> view) {
        SortedMap<String, CmapEntry> all = new TreeMap<>(old);
        view.forEach(entry -> all.put(entry.key(), sinceCleared(entry)));
        all.keySet().removeAll(hidden);
        all.putAll(own);
        return new ArrayList<>(all.values());
    }

    private CmapEntry sinceCleared(CmapEntry entry) {
        Long before = cleared.get(entry.key());
        return before == null
                ? entry
                : new CmapEntry(
                        entry.key(),
                        entry.type(),
                        Long.toString(Long.parseLong(entry.value()) - before));
    }

    /**
     * Lets the counters of a group begin anew.
     *
     * @param group {@code totem}, {@code all}, or one that this transport has no counters of
     * @param view all keys as they are now, not cleared
     */
    void clear(String group, List<CmapEntry> view) {
        for (CmapEntry entry : view) {
            boolean totem = entry.key().startsWith("stats.srp.");
            boolean all = group.equals("all") && entry.key().startsWith("stats.");
            if (entry.type().equals("u64") && (all || totem && group.equals("totem"))) {
                cleared.put(entry.key(), Long.parseLong(entry.value()));
            }
        }
    }

    /** Why a key must not be set; empty if it may. */
    Optional<String> refusal(String key) {
        if (!NAME.matcher(key).matches()) {
            return Optional.of("CS_ERR_NAME_TOO_LONG");
        }
        if (isProtected(key)) {
            return Optional.of("CS_ERR_ACCESS");
        }
        return own.size() >= KEYS_MAX && !own.containsKey(key)
                ? Optional.of("CS_ERR_NO_MEMORY")
                : Optional.empty();
    }

    /** Whether Corosync lets nobody change a key, there or not. */
    boolean isProtected(String key) {
        return PROTECTED.contains(key) || PROTECTED_PREFIXES.stream().anyMatch(key::startsWith);
    }

    /** Whether a key stands for a line of the configuration. */
    static boolean isOfFile(String key) {
        return SECTIONS.stream().anyMatch(key::startsWith);
    }

    /** The configuration with a key set or, without a value, removed. */
    static ConfSection edited(ConfSection file, String key, Optional<String> value) {
        return ConfPath.with(file, key, value);
    }

    /** The keys of administrators. */
    List<CmapEntry> own() {
        return List.copyOf(own.values());
    }

    void put(CmapEntry entry) {
        own.put(entry.key(), entry);
        hidden.remove(entry.key());
    }

    /** Lets a key of the file disappear until the file is read again. */
    void hide(String key) {
        hidden.add(key);
    }

    /** Takes note of what the file said until now. */
    void keepOld(Collection<ConfKey> keys) {
        for (ConfKey key : keys) {
            if (CLEANED.stream().noneMatch(key.name()::startsWith)) {
                old.put(key.name(), new CmapEntry(key.name(), key.type(), key.value()));
            }
        }
    }

    /** The file has been read again: in its sections it alone counts. */
    void forgetFileKeys() {
        own.keySet().removeIf(CmapStore::isOfFile);
        hidden.clear();
    }

    boolean remove(String key) {
        return own.remove(key) != null;
    }
}

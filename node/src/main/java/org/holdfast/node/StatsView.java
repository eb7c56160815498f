package org.holdfast.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.holdfast.controlapi.CmapEntry;
import org.holdfast.totem.layer.ClusterLayer;
import org.holdfast.totem.ring.RingStats;
import org.holdfast.totem.ring.TokenTimes;
import org.holdfast.transport.RingSocket;

/**
 * The keys below {@code stats.}: names and types are Corosync's where it has them. What there is
 * beyond its keys counts things that it has no counter for.
 */
final class StatsView {

    /** As many gatherings in a row mean a firewall or a broken network, to Corosync. */
    private static final long GATHERINGS_MAX = 3;

    private static final int GROUPS_SERVICE = 2;

    private final Map<String, CmapEntry> entries;

    private StatsView(Map<String, CmapEntry> entries) {
        this.entries = entries;
    }

    static void addTo(
            Map<String, CmapEntry> entries, ClusterAccess cluster, ProgramInfo.All programs) {
        StatsView view = new StatsView(entries);
        RingStats stats = cluster.layer().ringStats();
        view.counters(stats);
        view.token(stats, cluster.counters());
        view.transport(cluster.counters());
        view.queue(cluster.layer());
        view.programs(programs);
    }

    /** Not all of these are Corosync's; those that are have its names. */
    private void counters(RingStats stats) {
        for (RingStats.Counter counter : RingStats.Counter.values()) {
            String name = counter.name().toLowerCase(Locale.ROOT);
            put("stats.srp." + name, "u64", stats.of(counter));
        }
    }

    private void token(RingStats stats, RingSocket.Counters counters) {
        String prefix = "stats.srp.";
        TokenTimes times = stats.tokenTimes();
        long since = times.sinceLastMillis(System.nanoTime());
        put(prefix + "mtt_rx_token", "u32", times.meanBetweenMillis());
        put(prefix + "avg_token_workload", "u32", times.meanStayMillis());
        put(prefix + "avg_backlog_calc", "u32", times.meanBacklogPackets());
        put(prefix + "time_since_token_last_received", "u64", since);
        put(prefix + "continuous_gather", "u32", stats.continuousGather());
        put(prefix + "continuous_sendmsg_failures", "u32", counters.sendErrorsInRow());
        boolean walled = stats.continuousGather() > GATHERINGS_MAX;
        put(prefix + "firewall_enabled_or_nic_failure", "u8", walled ? 1 : 0);
    }

    private void transport(RingSocket.Counters counters) {
        put("stats.udp.rx_packets", "u64", counters.received());
        put("stats.udp.rx_bytes", "u64", counters.receivedBytes());
        put("stats.udp.rx_dropped", "u64", counters.dropped());
        put("stats.udp.tx_packets", "u64", counters.sent());
        put("stats.udp.tx_bytes", "u64", counters.sentBytes());
        put("stats.udp.tx_errors", "u64", counters.sendErrors());
    }

    /** Bytes, where Corosync counts packets of its queue. */
    private void queue(ClusterLayer layer) {
        put("stats.pg.msg_queue_avail", "u32", layer.freeBytes());
        put("stats.pg.msg_reserved", "u32", layer.waitingBytes());
    }

    private void programs(ProgramInfo.All programs) {
        put("stats.ipcs.global.active", "u64", programs.open().size());
        put("stats.ipcs.global.closed", "u64", programs.closed());
        for (ProgramInfo program : programs.open()) {
            int service = program.inGroup() ? GROUPS_SERVICE : 0;
            String prefix =
                    "stats.ipcs.service%d.%d.0x%x."
                            .formatted(service, program.pid(), program.number());
            String name = nameOf(program.pid());
            entries.put(prefix + "procname", new CmapEntry(prefix + "procname", "str", name));
            put(prefix + "requests", "u64", program.requests());
            put(prefix + "responses", "u64", program.responses());
            put(prefix + "dispatched", "u64", program.dispatched());
            put(prefix + "queued", "u32", program.unreadBytes());
            put(prefix + "queueing", "i32", program.unreadBytes() > 0 ? 1 : 0);
            put(prefix + "sent", "u32", program.dispatched() & 0xFFFF_FFFFL);
            put(prefix + "overload", "u64", program.refused());
            put(prefix + "flow_control", "u32", program.waits() ? 1 : 0);
            put(prefix + "flow_control_count", "u64", program.refused());
            // What breaks the protocol is cut off, and no call is tried again.
            put(prefix + "invalid_request", "u64", 0);
            put(prefix + "send_retries", "u64", 0);
            put(prefix + "recv_retries", "u64", 0);
        }
    }

    /** When the loop's thread did not get to run, the last time first. */
    static List<CmapEntry> pauses(List<PauseWatch.Pause> pauses) {
        List<CmapEntry> keys = new ArrayList<>();
        for (int i = 0; i < pauses.size(); i++) {
            PauseWatch.Pause pause = pauses.get(i);
            String prefix = "stats.schedmiss." + i + ".";
            String end = Long.toString(pause.endEpochMillis());
            String delay = String.format(Locale.ROOT, "%f", pause.millis());
            keys.add(new CmapEntry(prefix + "timestamp", "u64", end));
            keys.add(new CmapEntry(prefix + "delay", "flt", delay));
        }
        return keys;
    }

    private static String nameOf(int pid) {
        try {
            Path file = Path.of("/proc", Integer.toString(pid), "comm");
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException gone) {
            return "";
        }
    }

    private void put(String key, String type, long value) {
        entries.put(key, new CmapEntry(key, type, Long.toString(value)));
    }
}

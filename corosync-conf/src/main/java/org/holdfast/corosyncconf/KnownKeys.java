package org.holdfast.corosyncconf;

import java.util.List;
import org.holdfast.corosyncconf.ValueRule.Choice;
import org.holdfast.corosyncconf.ValueRule.Dscp;
import org.holdfast.corosyncconf.ValueRule.Number;
import org.holdfast.corosyncconf.ValueRule.Text;

/**
 * Every section and key of corosync.conf(5), votequorum(5) and corosync-qdevice(8), and those of
 * Corosync 1 that guides still print.
 */
final class KnownKeys {

    private static final ValueRule TEXT = new Text();
    private static final ValueRule YES_NO = new Choice("yes", "no");
    private static final ValueRule ON_OFF = new Choice("on", "off", "yes", "no");

    /** Anything but 0 is a yes. */
    private static final ValueRule SWITCH = Number.U8;

    static final List<String> PRIORITIES =
            List.of("alert", "crit", "debug", "emerg", "err", "info", "notice", "warning");
    static final List<String> FACILITIES =
            List.of(
                    "auth",
                    "authpriv",
                    "cron",
                    "daemon",
                    "ftp",
                    "kern",
                    "lpr",
                    "mail",
                    "news",
                    "syslog",
                    "user",
                    "uucp",
                    "local0",
                    "local1",
                    "local2",
                    "local3",
                    "local4",
                    "local5",
                    "local6",
                    "local7");

    private static final ValueRule PRIORITY = new Choice(PRIORITIES);
    private static final ValueRule FACILITY = new Choice(FACILITIES);

    private static final String KNET = "it tunes the knet transport";
    private static final String NO_IPC = "there is no libqb socket to tune";
    private static final String ONE_DAEMON =
            "Holdfast brings its own resource manager; remove the section";

    private KnownKeys() {}

    static SectionRule file() {
        return new SectionRule("")
                .with(totem())
                .with(nodelist())
                .with(quorum())
                .with(logging())
                .with(system())
                .with(uidgid())
                .with(resources())
                .with(nozzle())
                .with(
                        new SectionRule("pload")
                                .apply(TEXT, "count", "size")
                                .ignoredAsWhole("the load generator is not part of the daemon"))
                .with(new SectionRule("service").deprecatedAsWhole(ONE_DAEMON))
                .with(
                        new SectionRule("aisexec")
                                .deprecatedAsWhole("the daemon's user is set by its service unit"))
                .with(new SectionRule("amf").deprecatedAsWhole("the AMF service is gone"))
                .deprecate(
                        "it chose between wire formats that are gone; remove it",
                        TEXT,
                        "compatibility");
    }

    private static SectionRule totem() {
        return new SectionRule("totem")
                .apply(Number.of(2, 2), "version")
                .deprecate("it is ignored, the nodelist's nodeid counts", Number.U32, "nodeid")
                .apply(
                        Number.U32,
                        "token",
                        "token_coefficient",
                        "token_retransmit",
                        "token_warning",
                        "hold",
                        "token_retransmits_before_loss_const",
                        "join",
                        "send_join",
                        "consensus",
                        "merge",
                        "fail_recv_const",
                        "seqno_unchanged_const",
                        "heartbeat_failures_allowed",
                        "max_network_delay",
                        "window_size",
                        "max_messages",
                        "miss_count_const",
                        "netmtu")
                .ignore("interfaces are not polled", Number.U32, "downcheck")
                .ignore("the protocol runs on one thread", Number.U32, "threads")
                .apply(Number.U64, "config_version")
                .apply(new Choice("udpu", "udp", "knet"), "transport")
                .apply(new Choice("ipv4", "ipv6", "ipv4-6", "ipv6-4"), "ip_version")
                .apply(new Dscp(), "ip_dscp")
                .apply(TEXT, "cluster_name", "keyfile", "key")
                .apply(YES_NO, "clear_node_high_bit", "block_unlisted_ips")
                .apply(YES_NO, "cancel_token_hold_on_retransmit")
                .apply(ON_OFF, "secauth")
                .apply(new Choice("nss", "openssl"), "crypto_model")
                .apply(TEXT, "crypto_type")
                .apply(new Choice("none", "aes128", "aes192", "aes256"), "crypto_cipher")
                .apply(
                        new Choice("none", "md5", "sha1", "sha256", "sha384", "sha512"),
                        "crypto_hash")
                .ignore(KNET, new Choice("passive", "active", "rr"), "link_mode")
                .ignore(
                        KNET,
                        Number.U32,
                        "knet_pmtud_interval",
                        "knet_mtu",
                        "knet_compression_threshold")
                .ignore(KNET, Number.I32, "knet_compression_level")
                .ignore(
                        KNET,
                        new Choice("zlib", "lz4", "lz4hc", "lzo2", "lzma", "bzip2", "zstd"),
                        "knet_compression_model")
                .deprecate(
                        "links are configured with ringX_addr and link_mode",
                        new Choice("none", "active", "passive"),
                        "rrp_mode")
                .deprecate(
                        "redundant rings are gone, links replace them",
                        Number.U32,
                        "rrp_problem_count_timeout",
                        "rrp_problem_count_threshold",
                        "rrp_problem_count_mcast_threshold",
                        "rrp_token_expired_timeout",
                        "rrp_autorecovery_check_timeout")
                .deprecate("virtual synchrony is built in", TEXT, "vsftype")
                .with(linkInterface());
    }

    private static SectionRule linkInterface() {
        return new SectionRule("interface")
                .apply(Number.of(0, 7), "linknumber")
                .deprecate("use linknumber", Number.of(0, 7), "ringnumber")
                .deprecate(
                        "list the nodes in a nodelist, the address is found there",
                        TEXT,
                        "bindnetaddr")
                .apply(TEXT, "mcastaddr")
                .apply(YES_NO, "broadcast")
                .apply(Number.of(1, 0xFFFF), "mcastport")
                .apply(Number.U8, "ttl")
                .ignore(KNET, Number.U8, "knet_link_priority")
                .ignore(
                        KNET,
                        Number.U32,
                        "knet_ping_interval",
                        "knet_ping_timeout",
                        "knet_ping_precision",
                        "knet_pong_count")
                .ignore(KNET, new Choice("udp", "sctp"), "knet_transport")
                .with(
                        new SectionRule("member")
                                .deprecate("list the nodes in a nodelist", TEXT, "memberaddr"));
    }

    private static SectionRule nodelist() {
        return new SectionRule("nodelist")
                .with(
                        new SectionRule("node")
                                .apply(Number.U32, "nodeid", "quorum_votes")
                                .apply(TEXT, "name", "ring*_addr"));
    }

    private static SectionRule quorum() {
        return new SectionRule("quorum")
                .apply(new Choice("corosync_votequorum"), "provider")
                .apply(Number.U32, "expected_votes", "votes", "last_man_standing_window")
                .apply(
                        SWITCH,
                        "two_node",
                        "wait_for_all",
                        "auto_tie_breaker",
                        "last_man_standing",
                        "allow_downscale",
                        "expected_votes_tracking")
                .apply(TEXT, "auto_tie_breaker_node")
                .ignore("leaving takes effect at once", Number.U32, "leaving_timeout")
                .with(device());
    }

    private static SectionRule device() {
        return new SectionRule("device")
                .apply(TEXT, "model")
                .apply(Number.U32, "timeout", "sync_timeout", "votes")
                .apply(SWITCH, "master_wins")
                .with(
                        new SectionRule("net")
                                .apply(new Choice("on", "off", "required"), "tls")
                                .apply(TEXT, "host", "tie_breaker")
                                .apply(Number.U16, "port")
                                .apply(
                                        new Choice("test", "ffsplit", "2nodelms", "lms"),
                                        "algorithm")
                                .apply(Number.U32, "connect_timeout")
                                .apply(Number.of(0, 6), "force_ip_version")
                                .apply(
                                        new Choice("enabled", "disabled"),
                                        "keep_active_partition_tie_breaker"))
                .with(
                        new SectionRule("heuristics")
                                .apply(new Choice("on", "off", "sync"), "mode")
                                .apply(Number.U32, "timeout", "sync_timeout", "interval")
                                .apply(TEXT, "exec_*"));
    }

    private static SectionRule logging() {
        return sinks(new SectionRule("logging"))
                .apply(new Choice("on", "off", "hires"), "timestamp")
                .apply(new Choice("on", "off"), "fileline", "function_name")
                .ignore("lines are not kept in shared memory", new Choice("on", "off"), "blackbox")
                .deprecate("the line's format is fixed", TEXT, "format")
                .with(sinks(new SectionRule("logger_subsys")).apply(TEXT, "subsys"))
                .with(sinks(new SectionRule("logging_daemon")).apply(TEXT, "subsys", "name"))
                .with(
                        new SectionRule("logger")
                                .deprecatedAsWhole("use logger_subsys { subsys: NAME }"));
    }

    private static SectionRule sinks(SectionRule section) {
        return section.apply(ON_OFF, "to_stderr", "to_logfile", "to_syslog")
                .apply(TEXT, "logfile")
                .apply(PRIORITY, "logfile_priority", "syslog_priority")
                .apply(FACILITY, "syslog_facility")
                .apply(new Choice("on", "off", "trace"), "debug")
                .deprecate("use to_logfile", ON_OFF, "to_file")
                .deprecate("use syslog_priority", PRIORITY, "syslog_level")
                .deprecate("subsystems have no tags", TEXT, "tags");
    }

    private static SectionRule system() {
        return new SectionRule("system")
                .ignore(NO_IPC, new Choice("native", "shm", "socket"), "qb_ipc_type")
                .apply(YES_NO, "sched_rr")
                .apply(TEXT, "priority", "state_dir")
                .ignore(
                        "the service unit chooses the control group",
                        new Choice("yes", "no", "auto"),
                        "move_to_root_cgroup")
                .ignore(KNET, YES_NO, "allow_knet_handle_fallback");
    }

    private static SectionRule uidgid() {
        return new SectionRule("uidgid").apply(TEXT, "uid", "gid");
    }

    private static SectionRule resources() {
        return new SectionRule("resources")
                .apply(TEXT, "watchdog_device")
                .apply(Number.U32, "watchdog_timeout")
                .with(monitored("system", "memory_used", "load_15min"))
                .with(monitored("process", "memory_used"))
                .ignoredAsWhole("the watchdog is configured with stonith-watchdog-timeout");
    }

    private static SectionRule monitored(String name, String... measures) {
        SectionRule section = new SectionRule(name).apply(Number.U64, "poll_period");
        for (String measure : measures) {
            section.with(
                    new SectionRule(measure)
                            .apply(Number.U64, "poll_period")
                            .apply(TEXT, "max", "recovery"));
        }
        return section;
    }

    private static SectionRule nozzle() {
        return new SectionRule("nozzle")
                .apply(TEXT, "name", "ipaddr", "macaddr")
                .apply(Number.U8, "ipprefix")
                .ignoredAsWhole("a nozzle device needs the knet transport");
    }
}

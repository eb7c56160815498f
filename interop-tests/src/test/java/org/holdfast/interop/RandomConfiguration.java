package org.holdfast.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A corosync.conf made by chance: a right one with up to four changes, of which most are of the
 * kind that people make (a wrong value, a line in the wrong section, a section twice, a brace too
 * few) and some are damage. Every character is one byte. The same seed makes the same file.
 */
final class RandomConfiguration {

    private static final List<String> NUMBERS =
            List.of(
                    "0", "1", "2", "5", "13", "14", "29", "30", "50", "63", "64", "75", "100",
                    "101", "255", "256", "500", "1000", "1500", "5000", "5405", "10000", "65535",
                    "65536", "300000");
    private static final List<String> NO_NUMBERS =
            List.of(
                    "-1",
                    "abc",
                    "",
                    "12x",
                    "1 2",
                    "+5",
                    "0x10",
                    "007",
                    "1.5",
                    "1e3",
                    "4294967295",
                    "4294967296",
                    "2147483648",
                    "-2147483648",
                    "18446744073709551615",
                    "18446744073709551616",
                    "99999999999999999999999999",
                    "yes",
                    "--1",
                    "+",
                    "5ms");
    private static final List<String> WORDS =
            List.of(
                    "yes",
                    "no",
                    "on",
                    "off",
                    "true",
                    "Yes",
                    "none",
                    "",
                    "foo",
                    "1",
                    "udpu",
                    "udp",
                    "knet",
                    "ipv4",
                    "ipv6",
                    "ipv4-6",
                    "ipv6-4",
                    "aes256",
                    "sha256",
                    "nss",
                    "openssl",
                    "active",
                    "passive",
                    "rr",
                    "debug",
                    "info",
                    "notice",
                    "trace",
                    "hires",
                    "daemon",
                    "local0",
                    "a b",
                    "\u00FC",
                    "x{",
                    "x:y",
                    "corosync_votequorum");
    private static final List<String> ADDRESSES =
            List.of(
                    "127.0.0.1",
                    "127.0.0.2",
                    "127.0.0.9",
                    "10.9.8.7",
                    "::1",
                    "fe80::1",
                    "2001:db8::1",
                    "localhost",
                    "256.0.0.1",
                    "1.2.3",
                    "127.1",
                    "0x7f000001",
                    "127.0.0.01",
                    "",
                    "a b",
                    "no_such_host",
                    "-",
                    "127.0.0.1:5405",
                    "0.0.0.0",
                    "255.255.255.255",
                    "224.1.1.1",
                    "239.192.1.1",
                    "239.192.1",
                    "ff15::5",
                    "ff15::zz",
                    "::ffff:127.0.0.1");

    private enum Type {
        NUMBER,
        WORD,
        ADDRESS,
        TEXT,
        USER
    }

    /** A key, what kind of value it has, and some right ones. */
    private record Key(String name, Type type, List<String> right) {}

    private static Key number(String name, String... right) {
        return new Key(name, Type.NUMBER, right.length == 0 ? NUMBERS : List.of(right));
    }

    private static Key word(String name, String... right) {
        return new Key(name, Type.WORD, List.of(right));
    }

    private static Key text(String name, String... right) {
        return new Key(name, Type.TEXT, List.of(right));
    }

    private static Key address(String name, String... right) {
        return new Key(name, Type.ADDRESS, List.of(right));
    }

    private static final List<Key> SINKS =
            List.of(
                    word("to_stderr", "yes", "no", "on", "off"),
                    word("to_logfile", "yes", "no", "on", "off"),
                    word("to_syslog", "yes", "no", "on", "off"),
                    text("logfile", "/tmp/holdfast-fuzz.log", "x.log"),
                    word("logfile_priority", "info", "debug", "crit", "emerg", "alert", "err"),
                    word("syslog_priority", "info", "notice", "warning", "crit"),
                    word("syslog_facility", "daemon", "local0", "local7", "auth", "cron"),
                    word("debug", "on", "off", "trace"));

    private static final Map<String, List<Key>> KEYS =
            Map.ofEntries(
                    Map.entry("", List.of(text("compatibility", "whitetank", "none"))),
                    Map.entry(
                            "totem",
                            List.of(
                                    number("version", "2"),
                                    number("nodeid"),
                                    number("token"),
                                    number("token_coefficient"),
                                    number("token_retransmit"),
                                    number("token_warning"),
                                    number("hold"),
                                    number("token_retransmits_before_loss_const"),
                                    number("join"),
                                    number("send_join"),
                                    number("consensus"),
                                    number("merge"),
                                    number("downcheck"),
                                    number("fail_recv_const"),
                                    number("seqno_unchanged_const"),
                                    number("heartbeat_failures_allowed"),
                                    number("max_network_delay"),
                                    number("window_size"),
                                    number("max_messages"),
                                    number("miss_count_const"),
                                    number("netmtu"),
                                    number("threads"),
                                    number("config_version"),
                                    number("knet_pmtud_interval"),
                                    number("knet_mtu"),
                                    number("knet_compression_threshold"),
                                    number("knet_compression_level", "0", "-1", "9"),
                                    word("knet_compression_model", "zlib", "lz4", "none"),
                                    word("transport", "udpu", "udp", "knet"),
                                    word("ip_version", "ipv4", "ipv6", "ipv4-6", "ipv6-4"),
                                    word("ip_dscp", "0", "63", "ef", "cs3", "af43", "0x10"),
                                    text("cluster_name", "c", "a b", "x.y"),
                                    text("keyfile", "/etc/hostname", "/no/such/file"),
                                    text("key", "c29tZQ==", "x"),
                                    word("clear_node_high_bit", "yes", "no"),
                                    word("block_unlisted_ips", "yes", "no"),
                                    word("cancel_token_hold_on_retransmit", "yes", "no"),
                                    word("secauth", "on", "off", "yes", "no"),
                                    word("crypto_model", "nss", "openssl"),
                                    text("crypto_type", "nss"),
                                    word("crypto_cipher", "none", "aes128", "aes256", "3des"),
                                    word("crypto_hash", "none", "sha1", "sha256", "md5"),
                                    word("link_mode", "passive", "active", "rr"),
                                    word("rrp_mode", "none", "active", "passive"),
                                    number("rrp_problem_count_timeout"),
                                    text("vsftype", "ykd", "none"))),
                    Map.entry(
                            "interface",
                            List.of(
                                    number("linknumber", "0", "1", "7", "8"),
                                    number("ringnumber", "0", "1"),
                                    address("bindnetaddr", "127.0.0.0", "127.0.0.1"),
                                    address("mcastaddr", "239.192.1.1", "226.94.1.1", "ff15::1"),
                                    word("broadcast", "yes", "no"),
                                    number("mcastport", "5405", "5555", "1", "65535"),
                                    number("ttl", "0", "1", "2", "255"),
                                    number("knet_link_priority", "1"),
                                    number("knet_ping_interval"),
                                    number("knet_ping_timeout"),
                                    number("knet_ping_precision"),
                                    number("knet_pong_count"),
                                    word("knet_transport", "udp", "sctp"))),
                    Map.entry("member", List.of(address("memberaddr", "127.0.0.1", "127.0.0.2"))),
                    Map.entry("nodelist", List.of()),
                    Map.entry(
                            "node",
                            List.of(
                                    number("nodeid", "1", "2", "3", "4", "5", "4294967295"),
                                    number("quorum_votes", "0", "1", "2", "5"),
                                    text("name", "n1", "n4", "n4.example"),
                                    address("ring0_addr", "127.0.0.1", "127.0.0.4"),
                                    address("ring1_addr", "127.0.0.1", "127.0.1.4"),
                                    address("ring8_addr", "127.0.8.1"))),
                    Map.entry(
                            "quorum",
                            List.of(
                                    word("provider", "corosync_votequorum", "corosync_quorum_ykd"),
                                    number("expected_votes", "1", "2", "3", "5"),
                                    number("votes", "0", "1", "2"),
                                    number("two_node", "0", "1", "2"),
                                    number("wait_for_all", "0", "1"),
                                    number("auto_tie_breaker", "0", "1"),
                                    text("auto_tie_breaker_node", "lowest", "highest", "1 2", "x"),
                                    number("last_man_standing", "0", "1"),
                                    number("last_man_standing_window"),
                                    number("allow_downscale", "0", "1"),
                                    number("expected_votes_tracking", "0", "1"),
                                    number("leaving_timeout"))),
                    Map.entry(
                            "device",
                            List.of(
                                    text("model", "net", "x"),
                                    number("timeout"),
                                    number("sync_timeout"),
                                    number("votes", "0", "1", "3"),
                                    number("master_wins", "0", "1"))),
                    Map.entry(
                            "net",
                            List.of(
                                    word("tls", "on", "off", "required"),
                                    address("host", "127.0.0.1", "qnetd"),
                                    number("port", "5403"),
                                    word("algorithm", "test", "ffsplit", "lms", "2nodelms"),
                                    text("tie_breaker", "lowest", "highest", "1"))),
                    Map.entry(
                            "heuristics",
                            List.of(word("mode", "on", "sync", "off"), text("exec_ls", "/bin/ls"))),
                    Map.entry(
                            "logging",
                            concat(
                                    SINKS,
                                    word("timestamp", "on", "off", "hires"),
                                    word("fileline", "on", "off"),
                                    word("function_name", "on", "off"),
                                    word("blackbox", "on", "off"),
                                    text("format", "plain"))),
                    Map.entry(
                            "logger_subsys",
                            concat(SINKS, text("subsys", "TOTEM", "QUORUM", "x", ""))),
                    Map.entry(
                            "logging_daemon",
                            concat(
                                    SINKS,
                                    text("subsys", "TOTEM", "CPG", ""),
                                    text("name", "corosync", "corosync-qdevice", "x"))),
                    Map.entry(
                            "system",
                            List.of(
                                    word("qb_ipc_type", "native", "shm", "socket"),
                                    word("sched_rr", "yes", "no"),
                                    text("priority", "max", "min", "5", "-5", "x"),
                                    text("state_dir", "/tmp", "/no/such/dir"),
                                    word("move_to_root_cgroup", "yes", "no", "auto"),
                                    word("allow_knet_handle_fallback", "yes", "no"))),
                    Map.entry(
                            "uidgid",
                            List.of(
                                    new Key("uid", Type.USER, List.of("root", "0", "65534")),
                                    new Key("gid", Type.USER, List.of("root", "0", "65534")))),
                    Map.entry(
                            "resources",
                            List.of(
                                    text("watchdog_device", "off", "/dev/watchdog"),
                                    number("watchdog_timeout"))),
                    Map.entry("process", List.of(number("poll_period"))),
                    Map.entry(
                            "memory_used",
                            List.of(
                                    number("poll_period"),
                                    text("max", "80"),
                                    text("recovery", "none", "reboot"))),
                    Map.entry(
                            "nozzle",
                            List.of(
                                    text("name", "noz01"),
                                    text("ipaddr", "192.168.9.0"),
                                    text("ipprefix", "24"),
                                    text("macaddr", "54:54:01:00:00:00"))),
                    Map.entry("pload", List.of(number("count"), number("size"))),
                    Map.entry(
                            "service", List.of(text("name", "pacemaker"), number("ver", "0", "1"))),
                    Map.entry("aisexec", List.of(text("user", "root"), text("group", "root"))),
                    Map.entry("amf", List.of(text("mode", "disabled"))));

    private static final Map<String, List<String>> CHILDREN =
            Map.ofEntries(
                    Map.entry(
                            "",
                            List.of(
                                    "totem",
                                    "nodelist",
                                    "quorum",
                                    "logging",
                                    "system",
                                    "uidgid",
                                    "resources",
                                    "nozzle",
                                    "pload",
                                    "service",
                                    "aisexec",
                                    "amf")),
                    Map.entry("totem", List.of("interface")),
                    Map.entry("interface", List.of("member")),
                    Map.entry("nodelist", List.of("node")),
                    Map.entry("quorum", List.of("device")),
                    Map.entry("device", List.of("net", "heuristics")),
                    Map.entry("logging", List.of("logger_subsys", "logging_daemon")),
                    Map.entry("resources", List.of("process", "system")),
                    Map.entry("process", List.of("memory_used")));

    private static final List<String> JUNK =
            List.of(
                    "foo",
                    "{",
                    "}",
                    "a {",
                    "a { b",
                    "} x",
                    "x }",
                    ": x",
                    ":",
                    "key:",
                    "key : value",
                    "# comment",
                    "#",
                    "   ",
                    "\t",
                    "key: value # comment",
                    "key: value }",
                    "sec{",
                    "sec {}",
                    "sec { }",
                    "sec: {",
                    "sec:{",
                    "a{b{",
                    "key:a:b",
                    "\u00FCml: x",
                    "a: {",
                    "}}",
                    "} }",
                    "a.b: c",
                    "a b: c",
                    "a/b: c",
                    "a+b: c",
                    "totem.token: 5",
                    "x: y",
                    "ab: y",
                    "key: \u0001",
                    "\"key\": \"value\"",
                    "key = value",
                    ";",
                    "//");

    private static List<Key> concat(List<Key> first, Key... more) {
        List<Key> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    private final RandomGenerator random;
    private final List<String> lines = new ArrayList<>();
    private String end = "\n";
    private boolean onlyRight;

    private RandomConfiguration(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** The file that this seed makes; every character stands for one byte. */
    static String of(long seed) {
        RandomConfiguration made = new RandomConfiguration(seed);
        made.rightOne();
        for (int changes = 1 + made.random.nextInt(4); changes > 0; changes--) {
            made.change();
        }
        return String.join("\n", made.lines) + made.end;
    }

    /** As above, but with right values in right places only; a parser may still refuse it. */
    static String ofRightLines(long seed) {
        RandomConfiguration made = new RandomConfiguration(seed);
        made.rightOne();
        made.onlyRight = true;
        for (int changes = 1 + made.random.nextInt(7); changes > 0; changes--) {
            if (made.random.nextInt(4) == 0) {
                made.addSection();
            } else {
                made.addKey(true);
            }
        }
        return String.join("\n", made.lines) + made.end;
    }

    private void rightOne() {
        int nodes = 1 + random.nextInt(4);
        String transport = random.nextInt(4) == 0 ? "udp" : "udpu";
        lines.addAll(List.of("totem {", "    version: 2", "    cluster_name: c"));
        lines.add("    transport: " + transport);
        lines.addAll(List.of("    token: 1000", "}"));
        lines.add("nodelist {");
        for (int node = 1; node <= nodes; node++) {
            lines.add("    node {");
            lines.add("        ring0_addr: 127.0.0." + node);
            lines.add("        name: n" + node);
            lines.add("        nodeid: " + node);
            lines.add("    }");
        }
        lines.addAll(List.of("}", "quorum {", "    provider: corosync_votequorum", "}"));
        lines.addAll(List.of("logging {", "    to_stderr: yes", "    to_syslog: no", "}"));
    }

    private void change() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> addKey(random.nextInt(3) != 0);
            case 5, 6 -> addSection();
            case 7 -> lines.remove(anyLine());
            case 8 -> lines.add(anyPlace(), lines.get(anyLine()));
            case 9 -> {
                String moved = lines.remove(anyLine());
                lines.add(anyPlace(), moved);
            }
            case 10 -> lines.add(anyPlace(), pick(JUNK));
            case 11 -> changeBlanks();
            case 12 -> addLong();
            case 13 -> damage();
            case 14 -> copySection();
            case 15 -> changeValue();
            case 16 -> changeValue();
            case 17 -> misspell();
            case 18 -> changeEnd();
            default -> addKey(true);
        }
        if (lines.isEmpty()) {
            lines.add("");
        }
    }

    private int anyLine() {
        return random.nextInt(lines.size());
    }

    private int anyPlace() {
        return random.nextInt(lines.size() + 1);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** The name of the section that a line opens; null if it opens none. */
    private static String opened(String line) {
        int brace = line.indexOf('{');
        return brace < 0 ? "-" : line.substring(0, brace).strip();
    }

    private void addKey(boolean right) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (KEYS.containsKey(opened(lines.get(i)))) {
                places.add(i);
            }
        }
        boolean atTop = places.isEmpty() || random.nextInt(30) == 0;
        int place = atTop ? -1 : pick(places);
        List<Key> known = KEYS.getOrDefault(atTop ? "" : opened(lines.get(place)), List.of());
        if (!known.isEmpty()) {
            Key key = pick(known);
            lines.add(place + 1, "        " + key.name() + ": " + value(key, right));
        }
    }

    private String value(Key key, boolean right) {
        if (right) {
            return pick(key.right());
        }
        return switch (key.type()) {
            case NUMBER -> random.nextInt(4) == 0 ? pick(NUMBERS) : pick(NO_NUMBERS);
            case WORD -> pick(WORDS);
            case ADDRESS -> pick(ADDRESSES);
            case TEXT -> random.nextBoolean() ? pick(WORDS) : pick(NO_NUMBERS);
            case USER -> pick(List.of("nobodyofthisname", "", "-1", "4294967295", "4294967296"));
        };
    }

    private void addSection() {
        String parent = "";
        int place = anyTopPlace();
        if (random.nextInt(3) != 0) {
            List<Integer> parents = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                if (CHILDREN.containsKey(opened(lines.get(i)))) {
                    parents.add(i);
                }
            }
            if (!parents.isEmpty()) {
                int line = pick(parents);
                parent = opened(lines.get(line));
                place = line + 1;
            }
        }
        lines.addAll(place, section(pick(CHILDREN.getOrDefault(parent, List.of("foo"))), 0));
    }

    /** A place outside of all sections, if braces are where they should be. */
    private int anyTopPlace() {
        List<Integer> places = new ArrayList<>(List.of(0));
        int depth = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            depth += line.contains("{") ? 1 : line.strip().equals("}") ? -1 : 0;
            if (depth == 0) {
                places.add(i + 1);
            }
        }
        return pick(places);
    }

    private List<String> section(String name, int depth) {
        List<String> made = new ArrayList<>();
        made.add("    ".repeat(depth) + name + " {");
        List<Key> keys = KEYS.getOrDefault(name, List.of());
        for (int i = random.nextInt(4); i > 0 && !keys.isEmpty(); i--) {
            Key key = pick(keys);
            made.add("    " + key.name() + ": " + value(key, onlyRight || random.nextInt(5) != 0));
        }
        List<String> inner = CHILDREN.getOrDefault(name, List.of());
        if (!inner.isEmpty() && depth < 4 && random.nextBoolean()) {
            made.addAll(section(pick(inner), depth + 1));
        }
        made.add("    ".repeat(depth) + "}");
        return made;
    }

    private void changeBlanks() {
        int at = anyLine();
        String line = lines.get(at);
        lines.set(
                at,
                switch (random.nextInt(7)) {
                    case 0 -> line.strip();
                    case 1 -> "\t\t" + line.strip() + "\t ";
                    case 2 -> line.strip() + " # remark";
                    case 3 -> line + "\r";
                    case 4 -> line.replace(" ", "");
                    case 5 -> line.replace(": ", "  :  ").replace(" {", "{");
                    default -> line.replace(": ", ":\t").replace(" {", "\t {\t");
                });
    }

    private void addLong() {
        int length =
                pick(
                        List.of(
                                240, 245, 250, 255, 260, 500, 505, 509, 510, 511, 512, 513, 600,
                                1100));
        String start = pick(List.of("# ", "cluster_name: ", "x", "name: ", "logfile: /", " "));
        String line = start + "y".repeat(Math.max(0, length - start.length()));
        line =
                switch (random.nextInt(4)) {
                    case 0 -> line.substring(0, line.length() - 2) + " {";
                    case 1 -> line.substring(0, line.length() - 3) + ": y";
                    default -> line;
                };
        lines.add(anyPlace(), line);
    }

    private void damage() {
        int at = anyLine();
        StringBuilder line = new StringBuilder(lines.get(at));
        for (int i = 1 + random.nextInt(3); i > 0 && !line.isEmpty(); i--) {
            int place = random.nextInt(line.length());
            switch (random.nextInt(3)) {
                case 0 -> line.deleteCharAt(place);
                case 1 -> line.setCharAt(place, (char) (1 + random.nextInt(0x9F)));
                default ->
                        line.insert(place, pick(List.of("{", "}", ":", " ", "#", "\t", "a", "0")));
            }
        }
        lines.set(at, line.toString());
    }

    private void copySection() {
        int from = anyLine();
        int depth = 0;
        List<String> copy = new ArrayList<>();
        for (int i = from; i < lines.size(); i++) {
            copy.add(lines.get(i));
            depth += lines.get(i).contains("{") ? 1 : lines.get(i).strip().equals("}") ? -1 : 0;
            if (depth <= 0) {
                break;
            }
        }
        lines.addAll(random.nextBoolean() ? anyPlace() : from, copy);
    }

    private void changeValue() {
        int at = anyLine();
        String line = lines.get(at);
        int colon = line.indexOf(':');
        if (colon > 0) {
            List<String> values =
                    switch (random.nextInt(3)) {
                        case 0 -> ADDRESSES;
                        case 1 -> random.nextBoolean() ? NUMBERS : NO_NUMBERS;
                        default -> WORDS;
                    };
            lines.set(at, line.substring(0, colon) + ": " + pick(values));
        }
    }

    private void misspell() {
        int at = anyLine();
        String line = lines.get(at);
        int colon = Math.max(line.indexOf(':'), line.indexOf('{'));
        if (colon > 1) {
            int place = random.nextInt(colon);
            lines.set(
                    at,
                    random.nextBoolean()
                            ? line.substring(0, place) + line.substring(place + 1)
                            : line.substring(0, place)
                                    + Character.toUpperCase(line.charAt(place))
                                    + line.substring(place + 1));
        }
    }

    private void changeEnd() {
        switch (random.nextInt(4)) {
            case 0 -> end = "";
            case 1 -> end = "\r\n";
            case 2 -> lines.replaceAll(line -> line + "\r");
            default -> {
                int keep = anyPlace();
                lines.subList(keep, lines.size()).clear();
            }
        }
    }
}

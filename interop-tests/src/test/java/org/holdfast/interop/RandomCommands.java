package org.holdfast.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Command lines of Corosync's programs made by chance: any options in any order, with right and
 * wrong values. Left out is what ends a node or does not end by itself.
 */
final class RandomCommands {

    private static final List<String> NUMBERS =
            List.of(
                    "0",
                    "1",
                    "2",
                    "3",
                    "4",
                    "7",
                    "77",
                    "-1",
                    "abc",
                    "''",
                    "1x",
                    "0x2",
                    "010",
                    "+1",
                    "' 1'",
                    "4294967295",
                    "4294967296",
                    "99999999999999999999",
                    "1.5",
                    "-0");
    private static final List<String> KEYS =
            List.of(
                    "totem.token",
                    "totem.version",
                    "totem.",
                    "totem",
                    "quorum.",
                    "nodelist.node.0.name",
                    "nodelist.local_node_pos",
                    "nodelist.",
                    "runtime.config.",
                    "runtime.config.totem.token",
                    "runtime.members.",
                    "a.b",
                    "a.c",
                    "a.",
                    "ab",
                    "a",
                    "no.such",
                    "logging.",
                    "logging.debug",
                    "totem.join",
                    "totem.foo",
                    "quorum.foo",
                    "logging.foo",
                    "'a b'",
                    "''",
                    "a/b",
                    "internal_configuration.",
                    "stats.srp.",
                    "system.foo",
                    "uidgid.uid.7",
                    "config.foo",
                    "runtime.foo",
                    "resources.foo",
                    "nodelist.node.7.name",
                    "nodelist.node.0.foo",
                    "quorum.expected_votes",
                    "quorum.two_node",
                    "quorum.wait_for_all",
                    "totem.interface.0.mcastport",
                    "totem.cluster_name",
                    "\u00FCml",
                    "a..b",
                    ".a.b",
                    "a.b.");
    private static final List<String> TYPES =
            List.of(
                    "i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "flt", "dbl", "str",
                    "bin", "foo", "''", "U8");
    private static final List<String> VALUES =
            List.of(
                    "0",
                    "1",
                    "-1",
                    "127",
                    "128",
                    "-128",
                    "-129",
                    "255",
                    "256",
                    "32767",
                    "32768",
                    "65535",
                    "65536",
                    "2147483647",
                    "2147483648",
                    "-2147483648",
                    "-2147483649",
                    "4294967295",
                    "4294967296",
                    "9223372036854775807",
                    "9223372036854775808",
                    "-9223372036854775808",
                    "18446744073709551615",
                    "18446744073709551616",
                    "abc",
                    "''",
                    "1x",
                    "0x10",
                    "010",
                    "+5",
                    "' 5'",
                    "'5 '",
                    "1.5",
                    "1e3",
                    "-1e-3",
                    "inf",
                    "nan",
                    "1e400",
                    ".5",
                    "5.",
                    "'two words'",
                    "/etc/hostname",
                    "/no/such",
                    "1500",
                    "\u00FC");
    private static final List<String> FILES =
            List.of("k1", "k2", "/no/such/dir/k", "''", "/run", "k3");

    private final RandomGenerator random;

    private RandomCommands(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    static List<String> of(long seed, int count) {
        RandomCommands made = new RandomCommands(seed);
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            lines.add(made.next());
        }
        return lines;
    }

    private String next() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> quorum();
            case 2, 3 -> control();
            case 4, 5, 6, 7 -> map();
            case 8 -> groups();
            default -> random.nextBoolean() ? key() : daemon();
        };
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Some options, of which the capital parts after the blank stand for values. */
    private String with(String program, int most, List<String> options) {
        StringBuilder line = new StringBuilder(program);
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            String option = pick(options);
            int blank = option.indexOf(' ');
            if (blank < 0) {
                line.append(' ').append(option);
                continue;
            }
            List<String> values =
                    switch (option.substring(blank + 1)) {
                        case "NUMBER" -> NUMBERS;
                        case "KEY" -> KEYS;
                        case "TYPE" -> TYPES;
                        case "FILE" -> FILES;
                        default -> List.of(option.substring(blank + 1).split("\\|"));
                    };
            boolean joined = option.charAt(1) != '-' && random.nextInt(4) == 0;
            line.append(' ').append(option, 0, blank);
            if (random.nextInt(15) != 0) {
                line.append(joined ? "" : " ").append(pick(values));
            }
        }
        return line.toString();
    }

    private String quorum() {
        return with(
                "corosync-quorumtool",
                4,
                List.of(
                        "-s",
                        "-l",
                        "-p",
                        "-i",
                        "-a",
                        "-H",
                        "-f",
                        "-V",
                        "-e NUMBER",
                        "-v NUMBER",
                        "-n NUMBER",
                        "-o a|i|n|x|''|aa",
                        "-h",
                        "-x",
                        "word",
                        "--",
                        "-",
                        "-sp",
                        "-lp",
                        "--status",
                        "-sl",
                        "-ls",
                        "-ln 1"));
    }

    private String control() {
        String line =
                with(
                        "corosync-cfgtool",
                        4,
                        List.of(
                                "-s",
                                "-n",
                                "-b",
                                "-r",
                                "-L",
                                "-k 77|abc|0|-1|''|4294967296",
                                "-a NUMBER",
                                "-i NUMBER",
                                "-i 10.88.0.3|10.88.0.1|x",
                                "-f",
                                "-h",
                                "-x",
                                "word",
                                "--",
                                "--status",
                                "--brief",
                                "--nodes",
                                "--address NUMBER",
                                "--if NUMBER",
                                "--reopen",
                                "--help",
                                "--stat",
                                "--no",
                                "-sb",
                                "-nb",
                                "--force"));
        return random.nextInt(40) == 0 ? "corosync-cfgtool -R" : line;
    }

    private String map() {
        return switch (random.nextInt(8)) {
            case 0, 1 ->
                    "corosync-cmapctl -s " + pick(KEYS) + " " + pick(TYPES) + " " + pick(VALUES);
            case 2 ->
                    "corosync-cmapctl -g "
                            + pick(KEYS)
                            + (random.nextBoolean() ? " " + pick(KEYS) : "");
            case 3 ->
                    "corosync-cmapctl -d "
                            + pick(KEYS)
                            + (random.nextBoolean() ? " " + pick(KEYS) : "");
            case 4 -> "printf '" + lines() + "' | corosync-cmapctl -p -";
            case 5 -> "corosync-cmapctl a.";
            default ->
                    with(
                            "corosync-cmapctl",
                            4,
                            List.of(
                                    "-b",
                                    "-m icmap|stats|x|''",
                                    "-g KEY",
                                    "-d KEY",
                                    "-D a.|a|b|no.such|''",
                                    "-s KEY",
                                    "-s KEY TYPE",
                                    "-C knet|totem|schedmiss|ipc|all|x|''",
                                    "-h",
                                    "-x",
                                    "totem.token",
                                    "word",
                                    "nodelist.",
                                    "a.",
                                    "--",
                                    "-"));
        };
    }

    private String lines() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String key = pick(KEYS).replace("'", "");
            String value = pick(VALUES).replace("'", "");
            text.append(
                    switch (random.nextInt(6)) {
                        case 0 -> "# " + key;
                        case 1 -> "^" + key;
                        case 2 -> key + " " + pick(TYPES).replace("'", "");
                        case 3 -> "";
                        default -> key + " " + pick(TYPES).replace("'", "") + " " + value;
                    });
            text.append(random.nextInt(8) == 0 ? "" : "\\n");
        }
        return text.toString();
    }

    private String groups() {
        return with(
                "corosync-cpgtool",
                3,
                List.of("-n", "-d ,|::|''|'\\\\t'|x", "-e", "-h", "-x", "word", "--"));
    }

    private String key() {
        String line =
                with(
                        "corosync-keygen",
                        3,
                        List.of(
                                "-k FILE",
                                "-s NUMBER",
                                "-s 1024|128|127|2000|2001|4096|4097|1048576",
                                "-l",
                                "-h",
                                "-x",
                                "word",
                                "-r /dev/zero|/no/such|/etc/hostname|''",
                                "--size=NUMBER",
                                "--size NUMBER",
                                "--key-file FILE",
                                "--less-secure",
                                "--random-file /dev/zero"));
        return "rm -f k? /etc/corosync/authkey; ("
                + line
                + "); e=$?; stat -c '%n %s %a' k? /etc/corosync/authkey 2>/dev/null; exit $e";
    }

    private String daemon() {
        return with(
                "corosync -t",
                3,
                List.of(
                        "-t",
                        "-f",
                        "-c /etc/corosync/corosync.conf",
                        "-c /no/such|''|/etc/hostname|/etc|/dev/null",
                        "-x",
                        "word",
                        "--",
                        "-h"));
    }
}

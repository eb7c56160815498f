package org.holdfast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The CIB's files change hands between a real Pacemaker and our node, both ways: {@code cib.xml}
 * with its digest, the numbered backups, the counter. What either side was told is there for the
 * other one, which takes the files as they are; files that were damaged or edited by hand meet the
 * same fate on both sides.
 *
 * <p>The real one is the system's and, if the environment variable {@code PACEMAKER_3} names its
 * directory, a Pacemaker 3 as well.
 */
@Tag("interop")
class CibFilesTest {

    private static final String SYSTEM = "/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** Values that a careless writer, reader or digest trips over. */
    private static final List<String> VALUES =
            List.of("plain", "a <b> & \"c\" 'd'", "tab\tline", "Grüße, 日本, 🦊", "  blanks  ", "6");

    /** Who runs the node: a real Pacemaker by its daemon, or ours. */
    private record Side(String name, Path daemon) {

        boolean isOurs() {
            return daemon.getFileName() == null;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Side OURS = new Side("ours", Path.of("/"));

    static List<Side> realOnes() {
        List<Side> found = new ArrayList<>();
        found.add(new Side("system", Path.of("/usr/sbin/pacemakerd")));
        String prefix = System.getenv("PACEMAKER_3");
        if (prefix != null) {
            found.add(new Side("Pacemaker 3", Path.of(prefix, "sbin", "pacemakerd")));
        }
        return found;
    }

    /** One machine with its disk, run by one side after the other. */
    private static final class Machine implements AutoCloseable {

        private final NamespaceCluster cluster = new NamespaceCluster(1, 1000);

        void start(Side side) {
            if (side.isOurs()) {
                cluster.start("n1");
            } else {
                startReal(side.daemon());
            }
            Shell.await(
                    side + " is in charge",
                    LIMIT,
                    () -> {
                        String status = tool(side, "crm_mon -1").output();
                        return status.contains("Online: [ n1 ]")
                                && status.contains("Current DC: n1 ");
                    },
                    () -> tool(side, "crm_mon -1").output() + cluster.log("n1"));
        }

        private void startReal(Path daemon) {
            shell(
                            "cd /var/lib/pacemaker && mkdir -p cib pengine cores blackbox && chown -R"
                                    + " hacluster:haclient . && mkdir -p /var/log/pacemaker")
                    .orFail();
            cluster.startCorosync("n1");
            shell(
                            "sleep 1; PATH=%s:$PATH %s -f >> /var/log/pacemakerd.out 2>&1 &"
                                    .formatted(daemon.getParent(), daemon))
                    .orFail();
        }

        void stop(Side side) {
            if (side.isOurs()) {
                cluster.stop("n1");
                return;
            }
            for (String program : List.of("pacemakerd", "corosync")) {
                shell("pkill -TERM -x " + program);
                Shell.await(
                        "end of " + program,
                        LIMIT,
                        () -> shell("pgrep -x " + program).exitCode() != 0,
                        () -> shell("ps ax").output());
            }
        }

        Shell.Outcome tool(Side side, String line) {
            String path = side.isOurs() ? cluster.commands() : "" + side.daemon().getParent();
            return cluster.inNode(
                    "n1",
                    "env",
                    "-i",
                    "PATH=" + path + ":" + SYSTEM,
                    "LANG=C.UTF-8",
                    "bash",
                    "-c",
                    line);
        }

        Shell.Outcome shell(String line) {
            return cluster.inNode("n1", "sh", "-c", line);
        }

        Path cib() {
            return cluster.home("n1").resolve("var/lib/pacemaker/cib");
        }

        List<String> keptAside() throws IOException {
            try (Stream<Path> files = Files.list(cib())) {
                return files.map(file -> "" + file.getFileName())
                        .filter(name -> name.startsWith("cib.auto"))
                        .toList();
            }
        }

        @Override
        public void close() {
            cluster.close();
        }
    }

    private static void change(Machine machine, Side side) {
        for (int i = 0; i < VALUES.size(); i++) {
            machine.tool(
                            side,
                            "crm_attribute -n interop%d -v %s".formatted(i, quoted(VALUES.get(i))))
                    .orFail();
        }
        machine.tool(
                        side,
                        "cibadmin -C -o resources -X '<primitive id=\"r\" class=\"ocf\""
                                + " provider=\"pacemaker\" type=\"Dummy\"><!-- kept -->"
                                + "<meta_attributes id=\"m\"><nvpair id=\"m1\" name=\"target-role\""
                                + " value=\"Stopped\"/></meta_attributes></primitive>'")
                .orFail();
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    /** What was set, as a side's commands show it. */
    private static TreeMap<String, String> shown(Machine machine, Side side) {
        TreeMap<String, String> all = new TreeMap<>();
        for (int i = 0; i < VALUES.size(); i++) {
            all.put(
                    "interop" + i,
                    machine.tool(side, "crm_attribute -q -G -n interop" + i).output());
        }
        all.put("resources", machine.tool(side, "cibadmin -Q -o resources").output());
        return all;
    }

    private static long epoch(Machine machine, Side side) {
        String root = machine.tool(side, "cibadmin -Q -A /cib --no-children").output();
        return Long.parseLong(root.replaceAll("(?s).*\\bepoch=\"(\\d+)\".*", "$1"));
    }

    @ParameterizedTest
    @MethodSource("realOnes")
    void eachSideGoesOnWithTheOthersFiles(Side real) throws IOException {
        assumeInstalled(real);
        try (Machine machine = new Machine()) {
            machine.start(real);
            change(machine, real);
            TreeMap<String, String> told = shown(machine, real);
            long epoch = epoch(machine, real);
            machine.stop(real);

            machine.start(OURS);
            assertThat(shown(machine, OURS)).isEqualTo(told);
            assertThat(epoch(machine, OURS)).isGreaterThanOrEqualTo(epoch);
            assertThat(machine.keptAside()).isEmpty();
            assertThat(machine.cluster.log("n1")).doesNotContain("digest", "backup", "Not using");
            machine.tool(OURS, "crm_attribute -n interop0 -v " + quoted("by us & \"others\""))
                    .orFail();
            for (int i = 0; i < 5; i++) {
                machine.tool(OURS, "crm_attribute -n counted -v " + i).orFail();
            }
            TreeMap<String, String> after = shown(machine, OURS);
            long epochAfter = epoch(machine, OURS);
            machine.stop(OURS);

            machine.start(real);
            assertThat(shown(machine, real)).isEqualTo(after);
            assertThat(epoch(machine, real)).isGreaterThanOrEqualTo(epochAfter);
            assertThat(machine.keptAside()).isEmpty();
            assertThat(machine.shell("cat /var/log/pacemaker/pacemaker.log").output())
                    .doesNotContainIgnoringCase("corrupt")
                    .doesNotContainIgnoringCase("digest comparison failed")
                    .doesNotContainIgnoringCase("mismatch");
            machine.stop(real);
        }
    }

    /** What may happen to files while no daemon runs. */
    private enum Damage {
        EDITED("sed -i 's/by-hand-0/by-hand-1/' cib.xml"),
        CUT("truncate -s 300 cib.xml"),
        EMPTY("truncate -s 0 cib.xml"),
        NO_DIGEST("rm cib.xml.sig"),
        OTHER_DIGEST("echo 0123456789abcdef0123456789abcdef > cib.xml.sig"),
        REFORMATTED("xmllint --noblanks cib.xml > other && cat other > cib.xml && rm other"),
        EDITED_WITHOUT_DIGEST("sed -i 's/by-hand-0/by-hand-1/' cib.xml; rm cib.xml.sig"),
        GONE("rm cib.xml cib.xml.sig");

        private final String line;

        Damage(String line) {
            this.line = line;
        }
    }

    @ParameterizedTest
    @MethodSource("realOnes")
    void damagedFilesMeetTheSameFate(Side real) throws IOException {
        assumeInstalled(real);
        TreeMap<Damage, String> expected = new TreeMap<>();
        TreeMap<Damage, String> found = new TreeMap<>();
        for (Damage damage : Damage.values()) {
            expected.put(damage, fate(real, damage));
            found.put(damage, fate(OURS, damage));
        }
        assertThat(found).isEqualTo(expected);
    }

    /** The value that a side has after it started from damaged files, and what it kept of them. */
    private static String fate(Side side, Damage damage) throws IOException {
        try (Machine machine = new Machine()) {
            machine.start(side);
            machine.tool(side, "crm_attribute -n edited -v before").orFail();
            machine.tool(side, "crm_attribute -n other -v 1").orFail();
            machine.tool(side, "crm_attribute -n edited -v by-hand-0").orFail();
            machine.stop(side);
            machine.shell("cd /var/lib/pacemaker/cib && " + damage.line).orFail();
            machine.start(side);
            String value = machine.tool(side, "crm_attribute -q -G -n edited").output().strip();
            boolean aside = !machine.keptAside().isEmpty();
            machine.stop(side);
            return value + (aside ? ", damaged files kept" : "");
        }
    }

    private static void assumeInstalled(Side real) {
        Assumptions.assumeTrue(
                Files.isExecutable(Objects.requireNonNull(real.daemon())),
                () -> "no real Pacemaker at " + real.daemon());
    }
}

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
 * other one, which takes the files as they are.
 *
 * <p>The real one is the system's and, if the environment variable {@code PACEMAKER_3} names its
 * directory, a Pacemaker 3 as well.
 */
@Tag("interop")
class CibFilesTest {

    private static final String SYSTEM = "/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /**
     * Values that a careless writer, reader or digest trips over. Pacemaker 2.1.5 itself loses tabs
     * and comments.
     */
    private static final List<String> VALUES =
            List.of("plain", "a <b> & \"c\" 'd'", "  blanks  ", "6");

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

    private static void change(Machine machine, Side side) throws IOException {
        for (int i = 0; i < VALUES.size(); i++) {
            machine.tool(
                            side,
                            "crm_attribute -n interop%d -v %s".formatted(i, quoted(VALUES.get(i))))
                    .orFail();
        }
        // From a file: not every locale takes such characters as arguments.
        Files.writeString(
                machine.cluster.home("n1").resolve("run/resource.xml"),
                """
                <primitive id="r" class="ocf" provider="pacemaker" type="Dummy" \
                description="Grüße, 日本, 🦊"><meta_attributes id="m">
                <nvpair id="m1" name="target-role" value="Stopped"/></meta_attributes></primitive>
                """);
        machine.tool(side, "cibadmin -C -o resources -x /run/resource.xml").orFail();
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
        String root = machine.tool(side, "cibadmin -Q | grep '<cib '").output();
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
            // Pacemaker 2 counts an apostrophe as escaped in the digest, 3 and we do not.
            machine.tool(OURS, "crm_attribute -n interop1 -v 'a <b> & c'").orFail();
            for (int i = 0; i < 5; i++) {
                machine.tool(OURS, "crm_attribute -n counted -v " + i).orFail();
            }
            TreeMap<String, String> after = shown(machine, OURS);
            long epochAfter = epoch(machine, OURS);
            machine.stop(OURS);

            // Pacemaker 2 reads the files, but leads no cluster with our newer feature set.
            machine.startReal(real.daemon());
            Shell.await(
                    real + " answers",
                    LIMIT,
                    () -> machine.tool(real, "cibadmin -Q").exitCode() == 0,
                    () -> machine.tool(real, "cibadmin -Q").output());
            assertThat(shown(machine, real)).isEqualTo(after);
            assertThat(epoch(machine, real)).isGreaterThanOrEqualTo(epochAfter);
            assertThat(machine.keptAside()).isEmpty();
        }
    }

    private static void assumeInstalled(Side real) {
        Assumptions.assumeTrue(
                Files.isExecutable(Objects.requireNonNull(real.daemon())),
                () -> "no real Pacemaker at " + real.daemon());
    }
}

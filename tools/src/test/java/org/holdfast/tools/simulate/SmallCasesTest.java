package org.holdfast.tools.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small clusters of every kind: status, scores, decisions, pretended execution and what comes of
 * it. Each NAME.xml has what {@code crm_simulate -x NAME.xml -Ss} must print in NAME.txt.
 */
class SmallCasesTest {

    private static Path directory() throws URISyntaxException {
        URL url = Objects.requireNonNull(SmallCasesTest.class.getResource("primitive-start.xml"));
        return Objects.requireNonNull(Path.of(url.toURI()).getParent());
    }

    @TestFactory
    Stream<DynamicTest> printsWhatIsExpected() throws IOException, URISyntaxException {
        Path directory = directory();
        List<Path> cases;
        try (Stream<Path> files = Files.list(directory)) {
            cases = files.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
        }
        assertThat(cases).hasSizeGreaterThan(15);
        return cases.stream().map(file -> DynamicTest.dynamicTest(name(file), () -> check(file)));
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString().replace(".xml", "");
    }

    private static void check(Path file) {
        Path directory = Objects.requireNonNull(file.getParent());
        SimulateRun run = SimulateRun.in(directory, List.of("-x", name(file) + ".xml", "-Ss"));
        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        try {
            assertThat(run.output())
                    .isEqualTo(Files.readString(directory.resolve(name(file) + ".txt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Same input, same time: same output, also in the order of everything. */
    @Test
    void isRepeatable(@TempDir Path scratch) throws IOException, URISyntaxException {
        Path input = directory().resolve("promotable-by-score.xml");
        for (String name : List.of("one", "two")) {
            SimulateRun run =
                    SimulateRun.in(
                            scratch,
                            List.of("-x", input.toString(), "-S", "-G", name, "-D", name + ".dot"));
            assertThat(run.exitCode()).isZero();
        }
        assertThat(scratch.resolve("one")).hasSameTextualContentAs(scratch.resolve("two"));
        assertThat(scratch.resolve("one.dot")).hasSameTextualContentAs(scratch.resolve("two.dot"));
    }

    @Test
    void aSavedResultNeedsNothingMore(@TempDir Path scratch) throws URISyntaxException {
        Path input = directory().resolve("primitive-start.xml");
        SimulateRun.in(scratch, List.of("-x", input.toString(), "-S", "-O", "after.xml"));
        SimulateRun again = SimulateRun.in(scratch, List.of("-x", "after.xml", "-R"));
        assertThat(again.exitCode()).isZero();
        assertThat(again.output()).contains("web\t(ocf:pacemaker:Dummy):\t Started n2");
        assertThat(again.output()).endsWith("Transition Summary:\n");
    }

    @Test
    void aFailedOperationStopsWhatDependsOnIt() throws URISyntaxException {
        SimulateRun run =
                SimulateRun.in(
                        directory(),
                        List.of("-x", "primitive-start.xml", "-S", "-F", "web_start_0@n2=1"));
        assertThat(run.output()).contains("Pretending action").contains("failed with rc=1");
        assertThat(run.output()).doesNotContain("web             monitor=10000");
        assertThat(run.output()).contains("web\t(ocf:pacemaker:Dummy):\t FAILED n2");
    }

    @Test
    void anInjectedNodeLossMovesTheService() throws URISyntaxException {
        SimulateRun run =
                SimulateRun.in(directory(), List.of("-x", "primitive-start.xml", "-S", "-d", "n2"));
        assertThat(run.output()).contains("Taking node n2 offline");
        assertThat(run.output()).contains("* Start      web", "web             start on n1");
    }

    @Test
    void anInvalidCibIsRefused(@TempDir Path scratch) throws IOException {
        Files.writeString(
                scratch.resolve("bad.xml"),
                "<cib validate-with=\"pacemaker-3.9\"><configuration><nonsense/></configuration>"
                        + "<status/></cib>");
        SimulateRun run = SimulateRun.in(scratch, List.of("-x", "bad.xml", "-S"));
        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.output()).isEmpty();
    }

    @Test
    void anUnknownOptionIsRefused(@TempDir Path scratch) {
        SimulateRun run = SimulateRun.in(scratch, List.of("--bogus"));
        assertThat(run.exitCode()).isEqualTo(64);
        assertThat(run.errors()).contains("Unknown option --bogus");
    }

    @Test
    void xmlOutputNamesTheSections() throws URISyntaxException {
        SimulateRun run =
                SimulateRun.in(
                        directory(), List.of("-x", "primitive-start.xml", "-S", "--output-as=xml"));
        assertThat(run.output())
                .contains("<cluster_status>")
                .contains("<rsc_action action=\"start\" resource=\"web\" node=\"n2\"/>")
                .contains("<rsc_action resource=\"web\" op=\"start\" node=\"n2\"/>")
                .contains("<revised_cluster_status>")
                .contains("<status code=\"0\" message=\"OK\"/>");
    }

    /** Writes one of the cases with some of its text replaced. */
    private static void variant(Path file, String name, String from, String to)
            throws IOException, URISyntaxException {
        String text = Files.readString(directory().resolve(name));
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void anUpgradeTellsWhatItDrops(@TempDir Path scratch) throws IOException, URISyntaxException {
        variant(
                scratch.resolve("old.xml"),
                "start-fails-once.xml",
                "pacemaker-4.0",
                "pacemaker-3.9");
        variant(
                scratch.resolve("older.xml"),
                "start-fails-once.xml",
                "pacemaker-4.0",
                "pacemaker-3.9");
        String text =
                Files.readString(scratch.resolve("older.xml"))
                        .replace("name=\"start-failure-is-fatal\"", "name=\"remove-after-stop\"");
        Files.writeString(scratch.resolve("older.xml"), text);
        assertThat(SimulateRun.in(scratch, List.of("-x", "old.xml", "-R")).errors()).isEmpty();
        assertThat(SimulateRun.in(scratch, List.of("-x", "older.xml", "-R")).errors())
                .isEqualTo(
                        "WARNING: Dropping nvpair opt-start-failure-is-fatal because the"
                                + " remove-after-stop property is unsupported\n");
    }

    @Test
    void anInjectedFailureIsCountedUnderAnIdThatXmlAllows(@TempDir Path scratch)
            throws IOException, URISyntaxException {
        Path input = directory().resolve("start-fails-once.xml");
        SimulateRun.in(
                scratch,
                List.of("-x", input.toString(), "-i", "web_monitor_0@n1=1", "-I", "in.xml"));
        assertThat(Files.readString(scratch.resolve("in.xml")))
                .contains("id=\"status-1-fail-count-web.monitor_0\"");
        SimulateRun.in(
                scratch, List.of("-x", input.toString(), "-i", "web_start_0@n1=1", "-I", "in.xml"));
        assertThat(Files.readString(scratch.resolve("in.xml")))
                .as("a pair of the same name with another id stays")
                .contains("id=\"f1\" name=\"fail-count-web#start_0\" value=\"1\"")
                .contains("id=\"status-1-fail-count-web.start_0\"");
    }

    @Test
    void anExpiredFailureOfAMonitorIsMarkedForRescheduling(@TempDir Path scratch)
            throws IOException, URISyntaxException {
        variant(
                scratch.resolve("expired.xml"),
                "remote-connection-fails.xml",
                "<op id=\"far-monitor\" name=\"monitor\" interval=\"10s\"/>\n        </operations>",
                "<op id=\"far-monitor\" name=\"monitor\" interval=\"10s\"/>\n        </operations>\n"
                        + "<meta_attributes id=\"far-more\"><nvpair id=\"far-ft\""
                        + " name=\"failure-timeout\" value=\"1min\"/></meta_attributes>");
        SimulateRun.in(scratch, List.of("-x", "expired.xml", "-I", "in.xml"));
        assertThat(Files.readString(scratch.resolve("in.xml")))
                .contains("op-restart-digest=\"calculated-failure-timeout\"");
    }

    @Test
    void parametersWhoseNamesAreNoXmlNamesCountInDigests(@TempDir Path scratch)
            throws IOException, URISyntaxException {
        variant(
                scratch.resolve("number.xml"),
                "unfencing-before-start.xml",
                "name=\"devices\"",
                "name=\"1\"");
        SimulateRun.in(scratch, List.of("-x", "number.xml", "-S", "-O", "out.xml"));
        String plain = "f2317cad3d54cec5d7d7aa7d0bf35cf8";
        assertThat(
                        Files.readString(scratch.resolve("out.xml"))
                                .lines()
                                .filter(line -> line.contains("\"scsi_start_0\"")))
                .isNotEmpty()
                .noneMatch(line -> line.contains(plain));
    }

    @Test
    void aGuestThatIsAlsoAFullNodeHasNoPhysicalHost(@TempDir Path scratch)
            throws IOException, URISyntaxException {
        String input = directory().resolve("guest-container-fails.xml").toString();
        SimulateRun.in(scratch, List.of("-x", input, "-R", "-G", "guest"));
        assertThat(Files.readString(scratch.resolve("guest"))).contains("CRM_meta_physical_host");
        SimulateRun.in(scratch, List.of("-x", input, "-R", "-u", "inner", "-G", "both"));
        assertThat(Files.readString(scratch.resolve("both")))
                .doesNotContain("CRM_meta_physical_host");
    }
}

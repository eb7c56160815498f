package org.holdfast.tools.pcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.holdfast.cib.document.Element;
import org.holdfast.tools.pcs.PcsFixture.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcsResourceTest {

    @TempDir Path directory;

    private PcsFixture fixture;

    @BeforeEach
    void writeCib() throws IOException {
        fixture = new PcsFixture(directory);
    }

    @Test
    void createTakesTheAgentsOperationsAndTheUsersOwn() throws IOException {
        Outcome outcome =
                fixture.pcs(
                        "resource",
                        "create",
                        "d",
                        "ocf:test:Dummy",
                        "needed=x",
                        "op",
                        "monitor",
                        "interval=3s",
                        "meta",
                        "priority=5");
        assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
        Element primitive = resource("d");
        assertThat(operations(primitive)).containsExactly("monitor 3s", "start 0s", "stop 0s");
        assertThat(primitive.path("meta_attributes", "nvpair")).isNotNull();
        assertThat(fixture.pcs("resource", "config").out())
                .isEqualTo(
                        """
                        Resource: d (class=ocf provider=test type=Dummy)
                          Attributes: d-instance_attributes
                            needed=x
                          Meta Attributes: d-meta_attributes
                            priority=5
                          Operations:
                            monitor: d-monitor-interval-3s
                              interval=3s
                            start: d-start-interval-0s
                              interval=0s timeout=20s
                            stop: d-stop-interval-0s
                              interval=0s timeout=20s
                        """);
    }

    @Test
    void createRefusesWhatTheAgentDoesNotKnow() {
        Outcome outcome = fixture.pcs("resource", "create", "d", "ocf:test:Dummy", "bad=1");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo(
                        """
                        Error: invalid resource option 'bad', allowed options are: 'needed', 'state', use --force to override
                        Error: required resource option 'needed' is missing, use --force to override
                        Error: Errors have occurred, therefore pcs is unable to continue
                        """);
    }

    @Test
    void forceTurnsTheseErrorsIntoWarnings() throws IOException {
        Outcome outcome =
                fixture.pcs("resource", "create", "d", "ocf:test:Dummy", "bad=1", "--force");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).startsWith("Warning: invalid resource option 'bad'");
        assertThat(resource("d").id()).isEqualTo("d");
    }

    @Test
    void aGroupGoesWithItsLastMemberAndTakesItsConstraintsAlong() throws IOException {
        create("a");
        create("b");
        assertThat(fixture.pcs("resource", "group", "add", "g", "a", "b").code()).isZero();
        assertThat(fixture.pcs("resource", "group", "list").out()).isEqualTo("g: a b\n");
        assertThat(fixture.pcs("constraint", "location", "g", "prefers", "alpha").code()).isZero();
        Outcome outcome = fixture.pcs("resource", "delete", "a", "b");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err())
                .contains("Removing dependant elements:")
                .contains("Group: 'g'")
                .contains("Location constraint: 'location-g-alpha-INFINITY'");
        assertThat(section("resources").elements()).isEmpty();
        assertThat(section("constraints").elements()).isEmpty();
    }

    @Test
    void enableUndoesDisable() throws IOException {
        create("a");
        assertThat(fixture.pcs("resource", "disable", "a").code()).isZero();
        assertThat(resource("a").path("meta_attributes", "nvpair")).isNotNull();
        assertThat(fixture.pcs("resource", "enable", "a").code()).isZero();
        assertThat(resource("a").path("meta_attributes", "nvpair")).isNull();
        assertThat(fixture.pcs("resource", "disable", "nobody").err())
                .isEqualTo(
                        """
                        Error: bundle / clone / group / resource / tag 'nobody' does not exist
                        Error: Errors have occurred, therefore pcs is unable to continue
                        """);
    }

    @Test
    void nobodyTellsHowToUseACommandByGuessing() {
        assertThat(fixture.pcs("resource", "create").err())
                .startsWith("\nUsage: pcs resource create...\n");
        assertThat(fixture.pcs("resource", "create").code()).isEqualTo(1);
        assertThat(fixture.pcs("resource", "create", "x", "--bogus").err())
                .startsWith("Error: option --bogus not recognized\n\nUsage: pcs [-f file] [-h]");
    }

    private void create(String id) {
        assertThat(fixture.pcs("resource", "create", id, "ocf:test:Dummy", "needed=x").code())
                .isZero();
    }

    private Element section(String tag) throws IOException {
        return Objects.requireNonNull(fixture.configuration().first(tag));
    }

    private Element resource(String id) throws IOException {
        return section("resources").elements().stream()
                .filter(element -> element.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> operations(Element primitive) {
        return Objects.requireNonNull(primitive.first("operations")).elements("op").stream()
                .map(op -> op.getOr("name", "") + " " + op.getOr("interval", ""))
                .toList();
    }
}

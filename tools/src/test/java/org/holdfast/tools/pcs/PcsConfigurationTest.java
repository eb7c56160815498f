package org.holdfast.tools.pcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.holdfast.tools.pcs.PcsFixture.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcsConfigurationTest {

    @TempDir Path directory;

    private PcsFixture fixture;

    @BeforeEach
    void writeCib() throws IOException {
        fixture = new PcsFixture(directory);
        for (String id : new String[] {"a", "b"}) {
            assertThat(fixture.pcs("resource", "create", id, "ocf:test:Dummy", "needed=x").code())
                    .isZero();
        }
    }

    @Test
    void constraintsAreShownAsTheyWereMade() {
        assertThat(fixture.pcs("constraint", "location", "a", "avoids", "beta=7").code()).isZero();
        assertThat(fixture.pcs("constraint", "colocation", "add", "a", "with", "b").code())
                .isZero();
        assertThat(fixture.pcs("constraint", "order", "a", "then", "stop", "b").err())
                .isEqualTo(
                        "Adding a b (kind: Mandatory) (Options: first-action=start"
                                + " then-action=stop)\n");
        assertThat(fixture.pcs("constraint", "--full").out())
                .isEqualTo(
                        """
                        Location Constraints:
                          resource 'a' avoids node 'beta' with score 7 (id: location-a-beta--7)
                        Colocation Constraints:
                          resource 'a' with resource 'b' (id: colocation-a-b-INFINITY)
                            score=INFINITY
                        Order Constraints:
                          start resource 'a' then stop resource 'b' (id: order-a-b-mandatory)
                        """);
    }

    @Test
    void anEqualConstraintIsRefused() {
        fixture.pcs("constraint", "colocation", "add", "a", "with", "b");
        Outcome outcome = fixture.pcs("constraint", "colocation", "add", "a", "with", "b");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo(
                        """
                        Error: duplicate constraint already exists, use --force to override
                          a with b (score:INFINITY) (id:colocation-a-b-INFINITY)
                        """);
    }

    @Test
    void propertiesAreCheckedByTheirType() {
        assertThat(fixture.pcs("property", "set", "maintenance-mode=maybe").err())
                .startsWith(
                        "Error: 'maybe' is not a valid maintenance-mode value, use a pacemaker");
        assertThat(fixture.pcs("property", "set", "no-such=1").code()).isEqualTo(1);
        assertThat(fixture.pcs("property", "set", "batch-limit=5").code()).isZero();
        assertThat(fixture.pcs("property", "config").out())
                .isEqualTo("Cluster Properties: cib-bootstrap-options\n  batch-limit=5\n");
        assertThat(fixture.pcs("property", "set", "batch-limit=").code()).isZero();
        assertThat(fixture.pcs("property", "config").out())
                .isEqualTo("Cluster Properties: cib-bootstrap-options\n");
    }

    @Test
    void nodesGoToStandbyAndBack() {
        assertThat(fixture.pcs("node", "standby", "alpha").code()).isZero();
        assertThat(fixture.pcs("node", "attribute").out())
                .isEqualTo("Node: alpha\n  Attributes: nodes-1\n    standby=on\n");
        assertThat(fixture.pcs("node", "unstandby", "alpha").code()).isZero();
        assertThat(fixture.pcs("node", "attribute").out()).isEmpty();
        assertThat(fixture.pcs("node", "standby", "gamma").err())
                .isEqualTo("Error: Node 'gamma' does not appear to exist in configuration\n");
    }

    @Test
    void negativeNumbersAreWordsNotOptions() {
        Outcome outcome =
                fixture.pcs("constraint", "colocation", "add", "a", "with", "b", "-INFINITY");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err())
                .startsWith("Deprecation Warning: Using '-INFINITY' without '--' is deprecated");
    }
}

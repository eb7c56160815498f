package org.holdfast.tools.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.holdfast.agents.AgentCall;
import org.holdfast.agents.AgentEnd;
import org.holdfast.cib.document.Element;
import org.holdfast.tools.AgentCatalog;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.ToolContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StonithAdminTest {

    /** An agent that wants an address. */
    private static final AgentCatalog AGENTS =
            new AgentCatalog() {
                @Override
                public @Nullable Element metadata(String standard, String provider, String type) {
                    return null;
                }

                @Override
                public List<String> types(String standard, String provider) {
                    return List.of("fence_a");
                }

                @Override
                public List<String> ocfProviders() {
                    return List.of();
                }

                @Override
                public AgentEnd run(AgentCall call, Duration limit) {
                    boolean fine = call.parameters().containsKey("ip");
                    return new AgentEnd(
                            0,
                            AgentEnd.Outcome.EXITED,
                            fine ? 0 : 1,
                            "",
                            "",
                            fine ? "" : "no address\n",
                            0,
                            0);
                }
            };

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new StonithAdmin()
                .run(
                        new ToolContext(
                                List.of(arguments),
                                Map.of(),
                                new ByteArrayInputStream(new byte[0]),
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8),
                                new LocalFileAccess(Path.of("").toAbsolutePath()),
                                InstantSource.fixed(Instant.EPOCH),
                                null,
                                AGENTS));
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anAgentSaysWhetherItUnderstandsParameters() {
        assertThat(run("-K", "-a", "fence_a", "-o", "ip=1.2.3.4")).isZero();
        assertThat(output()).isEqualTo("Validation of fence_a succeeded\n");
        out.reset();
        assertThat(run("-K", "-a", "fence_a", "--output-as=xml")).isEqualTo(1);
        assertThat(output())
                .contains(
                        "<validate agent=\"fence_a\" valid=\"false\">",
                        "<command code=\"-1001\">",
                        "<output source=\"stderr\">no address\n</output>");
    }

    @Test
    void anAgentThatIsNotThereCannotBeAsked() {
        assertThat(run("-K", "-a", "fence_b")).isEqualTo(105);
        assertThat(output()).isEqualTo("Validation of fence_b failed\nAgent fence_b not found\n");
    }

    @Test
    void whatIsGivenBesideALonelyCommandDoesNotReachTheFencer() {
        assertThat(run("-I", "-d", "n1", "-i", "2")).isEqualTo(102);
        assertThat(errors())
                .isEqualTo(
                        "Can't unregister topology level 2 for n1:"
                                + " Transport endpoint is not connected\n");
    }

    @Test
    void withoutAFencerOnlyTheInstalledAgentsAreKnown() {
        assertThat(run("-L")).isEqualTo(102);
        assertThat(errors())
                .isEqualTo("Could not connect to fencer: Transport endpoint is not connected\n");
        assertThat(run("-I")).isZero();
        assertThat(output()).isEqualTo("fence_a\n1 fence devices found\n".replace("s f", " f"));
    }
}

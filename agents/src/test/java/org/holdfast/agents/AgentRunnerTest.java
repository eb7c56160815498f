package org.holdfast.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.holdfast.agents.AgentEnd.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AgentRunnerTest {

    @TempDir private Path root;

    private AgentRunner runner =
            new AgentRunner(
                    new AgentPlaces(Path.of("/"), List.of(), Map.of()),
                    Map.of(),
                    InstantSource.system());

    @BeforeEach
    void open() {
        Map<String, String> own = Map.of("OCF_RESKEY_leak", "1", "NOTIFY_SOCKET", "/x");
        runner = new AgentRunner(AgentPlaces.of(root, own), own, InstantSource.system());
    }

    private void agent(String name, String script) throws IOException {
        Path file = root.resolve("usr/lib/ocf/resource.d/test").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static AgentCall call(String type, String action) {
        return new AgentCall(
                5,
                "ocf",
                "test",
                type,
                "web:0",
                action,
                Map.of("ip", "10.0.0.1", "CRM_meta_timeout", "20000", "OCF_CHECK_LEVEL", "10"));
    }

    @Test
    void givesPacemakersEnvironment() throws IOException {
        agent("Env", "#!/bin/sh\nenv; exit 7\n");
        AgentEnd end = runner.runHere(call("Env", "monitor"));
        assertThat(end.outcome()).isEqualTo(Outcome.EXITED);
        assertThat(end.exitCode()).isEqualTo(7);
        assertThat(end.output().lines())
                .contains(
                        "OCF_ROOT=/usr/lib/ocf",
                        "OCF_RA_VERSION_MAJOR=1",
                        "OCF_RA_VERSION_MINOR=1",
                        "OCF_RESOURCE_INSTANCE=web:0",
                        "OCF_RESOURCE_PROVIDER=test",
                        "OCF_RESOURCE_TYPE=Env",
                        "OCF_EXIT_REASON_PREFIX=ocf-exit-reason:",
                        "OCF_RESKEY_ip=10.0.0.1",
                        "OCF_RESKEY_CRM_meta_timeout=20000",
                        "OCF_CHECK_LEVEL=10",
                        "HA_RSCTMP=" + root + "/run/resource-agents",
                        "PCMK_service=pacemaker-execd")
                .noneMatch(line -> line.startsWith("OCF_RESKEY_leak"))
                .noneMatch(line -> line.startsWith("NOTIFY_SOCKET"));
    }

    @Test
    void takesTheLastExitReason() throws IOException {
        agent(
                "Why",
                "echo 'ocf-exit-reason:first' >&2; echo 'ocf-exit-reason:no such ip' >&2\n"
                        + "echo more >&2; exit 1\n");
        AgentEnd end = runner.runHere(call("Why", "start"));
        assertThat(end.exitCode()).isEqualTo(1);
        assertThat(end.exitReason()).isEqualTo("no such ip");
    }

    @Test
    void tellsMissingAgentsFromForbiddenOnes() throws IOException {
        assertThat(runner.runHere(call("Gone", "start")).outcome())
                .isEqualTo(Outcome.NOT_INSTALLED);
        assertThat(runner.runHere(call("../../../../../bin/true", "start")).outcome())
                .isEqualTo(Outcome.NOT_INSTALLED);
        agent("Locked", "#!/bin/sh\n");
        Files.setPosixFilePermissions(
                root.resolve("usr/lib/ocf/resource.d/test/Locked"),
                PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(runner.runHere(call("Locked", "start")).outcome())
                .isEqualTo(Outcome.NOT_EXECUTABLE);
        AgentCall stonith = new AgentCall(1, "stonith", null, "fence_x", "f", "monitor", Map.of());
        assertThat(runner.runHere(stonith).exitReason()).contains("stonith are not supported");
    }

    @Test
    void killsARunWithAllItsProcesses() throws Exception {
        Path fifo = root.resolve("fifo");
        CompletableFuture<AgentEnd> end = new CompletableFuture<>();
        agent("Make", "#!/bin/sh\nmkfifo " + fifo + "\n");
        runner.runHere(call("Make", "start"));
        agent("Hang", "#!/bin/sh\n(trap '' TERM; exec sleep 100) >" + fifo + "\n");
        runner.run(call("Hang", "start"), end::complete);
        try (InputStream held = Files.newInputStream(fifo)) {
            runner.kill(5);
            assertThat(held.read()).isEqualTo(-1);
        }
        assertThat(end.get().outcome()).isEqualTo(Outcome.KILLED);
        runner.kill(5);
    }

    @Test
    void listsProvidersAndAgents() throws IOException {
        agent("Zeta", "#!/bin/sh\n");
        agent("Alpha", "#!/bin/sh\n");
        assertThat(runner.places().providers()).contains("test");
        assertThat(runner.places().agents("test")).containsExactly("Alpha", "Zeta");
        assertThat(runner.places().agents("..")).isEmpty();
    }
}

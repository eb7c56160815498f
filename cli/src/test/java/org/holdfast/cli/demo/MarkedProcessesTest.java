package org.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedProcessesTest {

    @TempDir Path directory;

    @Test
    void aCrashTakesTheChildrenOfANodeAlongAndNobodyElse() throws Exception {
        Path one = directory.resolve("node1");
        Path other = directory.resolve("node10");
        Process parent = start(one, "sleep 60 & exec sleep 60");
        Process bystander = start(other, "exec sleep 60");
        try {
            assertThat(MarkedProcesses.find(one)).isNotEmpty();
            MarkedProcesses.kill(one);
            assertThat(parent.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(MarkedProcesses.find(one).stream().filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            MarkedProcesses.kill(directory);
        }
        assertThat(bystander.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static Process start(Path root, String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of("/bin/sh", "-c", script));
        builder.environment().put(MarkedProcesses.VARIABLE, root.toString());
        return builder.start();
    }
}

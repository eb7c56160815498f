package org.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.holdfast.cli.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user runs it, from outside: three daemons, a crash, an answer. */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
class DemoOnceTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir Path home;

    /** What the launcher would have made of the build. */
    @BeforeEach
    void layOut() throws IOException {
        Path run = Files.createDirectories(home.resolve("cli/target/run"));
        Files.writeString(
                run.resolve("daemon.args"),
                """
                -XX:+UseSerialGC -XX:TieredStopAtLevel=1
                --enable-native-access=ALL-UNNAMED
                -cp "%s"
                """
                        .formatted(System.getProperty("java.class.path")));
        Path agents = Path.of("..", "dist").toAbsolutePath().normalize();
        Files.createSymbolicLink(home.resolve("dist"), agents);
    }

    @Test
    void anotherNodeTakesOverAndNothingIsLeftBehind() throws Exception {
        Result result = demo("--once");
        assumeFalse(
                result.output.contains("running already") || result.output.contains("in use"),
                "another demo runs on this machine");
        assertThat(result.code).as(result.output).isZero();
        assertThat(result.output)
                .contains("all nodes are online")
                .contains("first HTTP answer, from node")
                .contains("serves again");
        assertThat(DemoDirectory.ofUser().path()).doesNotExist();
        assertThat(MarkedProcesses.find(DemoDirectory.ofUser().path())).isEmpty();
    }

    @Test
    void aWrongOptionIsRefused() throws Exception {
        Result result = demo("--forever");
        assertThat(result.code).isEqualTo(64);
        assertThat(result.output).contains("--forever").contains("usage: ./holdfast demo");
    }

    private record Result(int code, String output) {}

    private Result demo(String option) throws IOException, InterruptedException {
        Path output = home.resolve("output");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        JAVA,
                                        "-Dholdfast.home=" + home,
                                        "-XX:+UseSerialGC",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Main.class.getName(),
                                        "demo",
                                        option))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(output));
    }
}

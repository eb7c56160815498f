package org.holdfast.tools.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.holdfast.controlapi.ControlAnswer.Reason;
import org.holdfast.controlapi.ControlAnswer.Refused;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.Programs;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.ToolRegistry;
import org.holdfast.tools.remote.Frame.FileAction;
import org.holdfast.tools.remote.Frame.FileCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandSessionTest {

    @TempDir Path directory;

    private final List<String> faults = new ArrayList<>();
    private final List<String> started = new ArrayList<>();

    private final Programs programs =
            new Programs() {
                @Override
                public int run(List<String> words, Map<String, String> environment)
                        throws IOException {
                    if (words.contains("missing")) {
                        throw new IOException("No such file or directory");
                    }
                    started.add("run " + words + environment);
                    return 3;
                }

                @Override
                public void start(List<String> words, Map<String, String> environment) {
                    started.add("start " + words + environment);
                }

                @Override
                public byte[] keys(int millis) {
                    return new byte[] {'r', (byte) millis};
                }

                @Override
                public void goToBackground() {
                    started.add("background");
                }
            };

    @Test
    void standardStreamsAndExitCodeTravel() throws IOException {
        Outcome outcome =
                run(
                        context -> {
                            context.out().println("args " + context.arguments());
                            context.err().println("env " + context.environment());
                            try {
                                context.out().write(context.in().readAllBytes());
                            } catch (IOException e) {
                                return 1;
                            }
                            return 7;
                        },
                        "typed in");
        assertThat(outcome.code).isEqualTo(7);
        assertThat(outcome.out).isEqualTo("args [a, b c]\ntyped in");
        assertThat(outcome.err).isEqualTo("env {LC_ALL=C}\n");
    }

    @Test
    void filesAreThoseOfTheClient() throws IOException {
        Files.writeString(directory.resolve("in.txt"), "content");
        Outcome outcome =
                run(
                        context -> {
                            try {
                                byte[] content = context.files().read("in.txt");
                                context.files().createDirectories("d/e");
                                context.files().write("d/e/out.txt", content);
                                context.out().println(context.files().list("d/e"));
                                context.out().println(context.files().exists("nope"));
                                context.out().println(context.files().isDirectory("d"));
                                context.files().delete("in.txt");
                                context.files().read("in.txt");
                            } catch (IOException e) {
                                context.err().println(e.getMessage());
                            }
                            return 0;
                        },
                        "");
        assertThat(outcome.out).isEqualTo("[out.txt]\nfalse\ntrue\n");
        assertThat(outcome.err).isEqualTo("No such file or directory\n");
        assertThat(directory.resolve("d/e/out.txt")).hasContent("content");
        assertThat(directory.resolve("in.txt")).doesNotExist();
    }

    @Test
    void programsRunWhereTheClientIs() throws IOException {
        Outcome outcome =
                run(
                        context -> {
                            Programs programsThere = context.programs();
                            try {
                                programsThere.goToBackground();
                                programsThere.start(List.of("agent"), Map.of("A", "1"));
                                int status = programsThere.run(List.of("ed", "ä"), Map.of());
                                context.out().println(status);
                                programsThere.run(List.of("missing"), Map.of());
                            } catch (IOException e) {
                                context.err().println(e.getMessage());
                            }
                            return 0;
                        },
                        "");
        assertThat(started).containsExactly("background", "start [agent]{A=1}", "run [ed, ä]{}");
        assertThat(outcome.out).isEqualTo("3\n");
        assertThat(outcome.err).isEqualTo("No such file or directory\n");
    }

    @Test
    void keysAreThoseOfTheUsersTerminal() throws IOException {
        Outcome outcome =
                run(
                        context -> {
                            try {
                                byte[] keys = context.programs().keys('!');
                                context.out().print(new String(keys, StandardCharsets.US_ASCII));
                            } catch (IOException e) {
                                context.err().println(e.getMessage());
                            }
                            return 0;
                        },
                        "");
        assertThat(outcome.out).isEqualTo("r!");
    }

    @Test
    void aFaultInACommandEndsThatCommandOnly() throws IOException {
        Outcome outcome =
                run(
                        _ -> {
                            throw new IllegalStateException("oops");
                        },
                        "");
        assertThat(outcome.code).isEqualTo(70);
        assertThat(outcome.err).contains("internal error").contains("oops");
        assertThat(faults).containsExactly("probe a b c");
    }

    @Test
    void strangersAreRefused() throws IOException {
        Outcome outcome = run(_ -> 0, "", "nobody", List.of("nogroup"));
        assertThat(outcome.code).isEqualTo(77);
        assertThat(run(_ -> 0, "", "alice", List.of("users", "haclient")).code).isZero();
        assertThat(run(_ -> 0, "", "daemonuser", List.of("users")).code).isZero();
    }

    @Test
    void lengthsAreCheckedBeforeTheyAreBelieved() {
        byte[] hugeFrame = {0x7f, 0, 0, 0, 1};
        byte[] hugeField = {0, 0, 0, 5, 2, 0x7f, 0, 0, 0};
        byte[] cutOff = {0, 0, 0, 9, 2, 0};
        byte[] unknown = {0, 0, 0, 1, 99};
        byte[] trailing = {0, 0, 0, 6, 20, 0, 0, 0, 1, 1};
        for (byte[] bytes : List.of(hugeFrame, hugeField, cutOff, unknown, trailing)) {
            FrameStream frames =
                    new FrameStream(new ByteArrayInputStream(bytes), new ByteArrayOutputStream());
            assertThatThrownBy(frames::receive).isInstanceOf(IOException.class);
        }
    }

    @Test
    void framesSurviveTheWay() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new FrameStream(new ByteArrayInputStream(new byte[0]), bytes)
                .send(new FileCall(FileAction.WRITE, "ä/b", new byte[] {1, 2}));
        Frame back =
                new FrameStream(
                                new ByteArrayInputStream(bytes.toByteArray()),
                                new ByteArrayOutputStream())
                        .receive();
        assertThat(back).isInstanceOf(FileCall.class);
        FileCall call = (FileCall) Objects.requireNonNull(back);
        assertThat(call.path()).isEqualTo("ä/b");
        assertThat(call.content()).containsExactly(1, 2);
    }

    private Outcome run(ToIntFunction<ToolContext> body, String input) throws IOException {
        return run(body, input, "root", List.of("root"));
    }

    private Outcome run(
            ToIntFunction<ToolContext> body, String input, String user, List<String> groups)
            throws IOException {
        ToolRegistry tools = ToolRegistry.builder().add("probe", () -> new Probe(body)).build();
        CommandServer server =
                new CommandServer(
                        tools,
                        "daemonuser",
                        _ -> CommandSessionTest::refuse,
                        InstantSource.system(),
                        (commandLine, _) -> faults.add(commandLine));
        PipedInputStream fromClient = new PipedInputStream();
        PipedInputStream fromServer = new PipedInputStream();
        PipedOutputStream toServer = new PipedOutputStream(fromClient);
        PipedOutputStream toClient = new PipedOutputStream(fromServer);
        Thread.ofVirtual().start(() -> server.serve(fromClient, toClient, user, groups));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (FrameStream frames = new FrameStream(fromServer, toServer)) {
            int code =
                    new CommandClient(
                                    frames,
                                    new LocalFileAccess(directory),
                                    new ByteArrayInputStream(input.getBytes(UTF_8)),
                                    out,
                                    err,
                                    programs)
                            .run(
                                    "probe",
                                    List.of("a", "b c"),
                                    Map.of("LC_ALL", "C", "OCF_ROOT", "/evil"));
            return new Outcome(code, out.toString(UTF_8), err.toString(UTF_8));
        }
    }

    private static <A> A refuse(Object request, Object timeout) throws RequestRefused {
        throw new RequestRefused(new Refused(Reason.NOT_CONNECTED, "not here"));
    }

    private record Outcome(int code, String out, String err) {}

    private record Probe(ToIntFunction<ToolContext> body) implements Tool {

        @Override
        public String name() {
            return "probe";
        }

        @Override
        public int run(ToolContext context) {
            return body.applyAsInt(context);
        }
    }
}

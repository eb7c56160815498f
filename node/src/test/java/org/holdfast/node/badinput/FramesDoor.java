package org.holdfast.node.badinput;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.schema.EngineSchemas;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.tools.catalogue.AllTools;
import org.holdfast.tools.remote.CommandServer;
import org.holdfast.tools.remote.Frame;
import org.holdfast.tools.remote.FrameStream;
import org.jspecify.annotations.Nullable;

/** The daemon's socket for commands: damaged frames, sound frames in an order that none expects. */
final class FramesDoor implements Door {

    private static final int FEEDS_PER_CLUSTER = 100;

    private final List<String> lines;
    private final EngineSchemas schemas;
    private final List<Throwable> faults = new ArrayList<>();
    private @Nullable Managers managers;
    private int feeds;

    FramesDoor(List<String> lines, EngineSchemas schemas) {
        this.lines = lines;
        this.schemas = schemas;
    }

    @Override
    public String feed(Mutator mutator, SeededRandom random) throws Exception {
        Managers cluster = managers;
        if (cluster == null || ++feeds % FEEDS_PER_CLUSTER == 0) {
            cluster = new Managers(1, XmlParser.parseFile(Corpus.sound()), schemas);
        }
        managers = null;
        Managers asked = cluster;
        CommandServer server =
                new CommandServer(
                        AllTools.registry(),
                        "root",
                        _ -> asked.connection(),
                        InstantSource.system(),
                        (_, fault) -> faults.add(fault));
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        server.serve(
                new ByteArrayInputStream(frames(mutator, random)),
                answers,
                "root",
                List.of("root"));
        if (!faults.isEmpty()) {
            throw new AssertionError("a command has died", faults.removeFirst());
        }
        cluster.run(1_000);
        LiveDoor.checkAlive(cluster, new MemoryFiles());
        managers = cluster;
        return answers.size() == 0 ? "cut off" : "answered";
    }

    private byte[] frames(Mutator mutator, SeededRandom random) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (FrameStream frames = new FrameStream(InputStream.nullInputStream(), bytes)) {
            if (random.chance(0.9)) {
                byte[] bad = mutator.next();
                List<String> words = new ArrayList<>();
                for (String word : lines.get(random.nextInt(lines.size())).split(" ")) {
                    words.add(word.equals("TEXT") ? new String(bad, UTF_8) : word);
                }
                frames.send(
                        new Frame.Exec(
                                random.chance(0.98) ? 1 : random.nextInt(1000),
                                words.removeFirst(),
                                words,
                                Map.of(
                                        "USER",
                                        "root",
                                        "CIB_user",
                                        random.chance(0.2) ? "joe" : "")));
            }
            for (int i = random.nextInt(8); i > 0; i--) {
                frames.send(answer(mutator, random));
            }
        }
        byte[] all = bytes.toByteArray();
        return random.chance(0.5) ? mutator.damage(all) : all;
    }

    private static Frame answer(Mutator mutator, SeededRandom random) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Frame.Input(mutator.next());
            case 2 -> new Frame.Input(new byte[0]);
            case 3 ->
                    new Frame.ProgramEnded(
                            random.chance(0.5) ? "no" : null, random.nextInt(1_000) - 500);
            case 4 -> new Frame.Exit(random.nextInt(1_000) - 500);
            case 5 ->
                    new Frame.FileReply("No such file or directory", false, new byte[0], List.of());
            default ->
                    new Frame.FileReply(
                            null,
                            random.chance(0.5),
                            mutator.next(),
                            random.chance(0.1) ? List.of("", "..", "a\u0000b") : List.of());
        };
    }
}

package org.holdfast.tools.cib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.tools.AgentCatalog;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.Programs;
import org.holdfast.tools.ToolContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrmShadowTest {

    @TempDir Path directory;

    private final List<String> started = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private final Programs programs =
            new Programs() {
                @Override
                public int run(List<String> words, Map<String, String> variables)
                        throws IOException {
                    if (words.contains("missing")) {
                        throw new IOException("No such file or directory");
                    }
                    started.add(words + " " + variables.get("CIB_shadow"));
                    return 5;
                }

                @Override
                public void start(List<String> words, Map<String, String> variables) {
                    throw new AssertionError("not asked for");
                }

                @Override
                public byte[] keys(int millis) {
                    throw new AssertionError("not asked for");
                }

                @Override
                public void goToBackground() {
                    throw new AssertionError("not asked for");
                }
            };

    @BeforeEach
    void makeACopy() throws IOException {
        Files.writeString(directory.resolve("shadow.one"), "<cib/>");
        environment.put("CIB_shadow_dir", directory.toString());
        environment.put("CIB_shadow", "one");
    }

    private int run(String... arguments) {
        return new CrmShadow()
                .run(
                        new ToolContext(
                                List.of(arguments),
                                environment,
                                new ByteArrayInputStream(new byte[0]),
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8),
                                new LocalFileAccess(directory),
                                InstantSource.system(),
                                null,
                                AgentCatalog.NONE,
                                programs));
    }

    @Test
    void editsTheActiveCopyAndEndsAsTheEditorEnds() {
        assertThat(run("--edit")).isEqualTo(6);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("crm_shadow: No value for EDITOR defined\n");
        environment.put("EDITOR", "vi");
        assertThat(run("--edit")).isEqualTo(5);
        assertThat(started).containsExactly("[vi, " + directory.resolve("shadow.one") + "] null");
        environment.put("EDITOR", "missing");
        assertThat(run("--edit")).isEqualTo(72);
        environment.put("CIB_shadow", "two");
        assertThat(run("--edit")).isEqualTo(105);
    }

    @Test
    void switchesInAShellUnlessInABatch() {
        environment.put("SHELL", "/bin/bash");
        assertThat(run("--switch", "one", "--batch")).isZero();
        assertThat(started).isEmpty();
        assertThat(run("--switch", "one")).isEqualTo(5);
        assertThat(started).containsExactly("[/bin/bash, --norc, --noprofile] one");
        environment.put("SHELL", "/bin/zsh");
        assertThat(run("--create-empty", "new")).isEqualTo(5);
        assertThat(started).last().isEqualTo("[/bin/zsh] new");
    }
}

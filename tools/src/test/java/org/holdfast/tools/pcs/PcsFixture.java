package org.holdfast.tools.pcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.tools.AgentCatalog;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.ToolContext;
import org.jspecify.annotations.Nullable;

/** Runs pcs on a small CIB in a file. */
final class PcsFixture {

    private static final String EMPTY_CIB =
            """
            <cib validate-with="pacemaker-3.9" admin_epoch="0" epoch="1" num_updates="0">
              <configuration>
                <crm_config/>
                <nodes>
                  <node id="1" uname="alpha"/>
                  <node id="2" uname="beta"/>
                </nodes>
                <resources/>
                <constraints/>
              </configuration>
              <status/>
            </cib>
            """;

    private static final String DUMMY =
            """
            <resource-agent name="Dummy">
              <version>1.0</version>
              <parameters>
                <parameter name="state" unique="1"/>
                <parameter name="needed" required="1"/>
              </parameters>
              <actions>
                <action name="start" timeout="20s"/>
                <action name="stop" timeout="20s"/>
                <action name="monitor" timeout="20s" interval="10s" depth="0"/>
                <action name="meta-data" timeout="5s"/>
              </actions>
            </resource-agent>
            """;

    private final Path directory;

    /** What a run printed, and how it ended. */
    record Outcome(int code, String out, String err) {}

    PcsFixture(Path directory) throws IOException {
        this.directory = directory;
        Files.writeString(directory.resolve("cib.xml"), EMPTY_CIB);
    }

    Outcome pcs(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new java.util.ArrayList<>(List.of("-f", "cib.xml"));
        all.addAll(List.of(arguments));
        int code =
                new PcsTool()
                        .run(
                                new ToolContext(
                                        all,
                                        Map.of(),
                                        new ByteArrayInputStream(new byte[0]),
                                        new PrintStream(out, true, UTF_8),
                                        new PrintStream(err, true, UTF_8),
                                        new LocalFileAccess(directory),
                                        InstantSource.fixed(Instant.EPOCH),
                                        null,
                                        new OneAgent()));
        return new Outcome(code, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** The configuration as it is in the file now. */
    Element configuration() throws IOException {
        try {
            Element cib = XmlParser.parseFile(Files.readAllBytes(directory.resolve("cib.xml")));
            Element configuration = cib.first("configuration");
            if (configuration == null) {
                throw new IOException("no configuration");
            }
            return configuration;
        } catch (XmlSyntaxException e) {
            throw new IOException(e);
        }
    }

    /** A catalog with {@code ocf:test:Dummy}. */
    private static final class OneAgent implements AgentCatalog {

        @Override
        public @Nullable Element metadata(String standard, String provider, String type) {
            if (!standard.equals("ocf") || !provider.equals("test") || !type.equals("Dummy")) {
                return null;
            }
            try {
                return XmlParser.parse(DUMMY.strip());
            } catch (XmlSyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public List<String> types(String standard, String provider) {
            return standard.equals("ocf") && provider.equals("test") ? List.of("Dummy") : List.of();
        }

        @Override
        public List<String> ocfProviders() {
            return List.of("test");
        }
    }
}

package org.holdfast.node.badinput;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.schema.EngineSchemas;
import org.holdfast.kernel.SeededRandom;
import org.jspecify.annotations.Nullable;

/** Agents that describe themselves in damaged metadata, and print and return what they like. */
final class AgentsDoor implements Door {

    private static final String METADATA =
            """
            <?xml version="1.0"?>
            <!DOCTYPE resource-agent SYSTEM "ra-api-1.dtd">
            <resource-agent name="Dummy" version="1.0">
              <version>1.1</version>
              <longdesc lang="en">x</longdesc>
              <parameters>
                <parameter name="state" unique-group="state" reloadable="0"><content type="string" default="/run/x"/></parameter>
                <parameter name="passwd" reloadable="1"><content type="string" default=""/></parameter>
                <parameter name="fake" unique="1"><content type="integer" default="5"/></parameter>
              </parameters>
              <actions>
                <action name="start" timeout="20s"/>
                <action name="reload-agent" timeout="20s"/>
                <action name="monitor" timeout="20s" interval="10s" depth="0"/>
              </actions>
            </resource-agent>
            """;

    private final EngineSchemas schemas;

    AgentsDoor(EngineSchemas schemas) {
        this.schemas = schemas;
    }

    @Override
    public String feed(Mutator mutator, SeededRandom random) throws Exception {
        Managers.Agents agents =
                new Managers.Agents() {
                    @Override
                    public @Nullable String metadata() {
                        return random.chance(0.1)
                                ? null
                                : new String(
                                        random.chance(0.9)
                                                ? mutator.damage(METADATA.getBytes(UTF_8))
                                                : mutator.next(),
                                        random.chance(0.8) ? UTF_8 : ISO_8859_1);
                    }

                    @Override
                    public String text() {
                        return random.chance(0.5)
                                ? ""
                                : new String(mutator.damage(METADATA.getBytes(UTF_8)), ISO_8859_1);
                    }

                    @Override
                    public int exitCode(int sound) {
                        return random.chance(0.7) ? sound : random.nextInt(300) - 20;
                    }
                };
        Managers cluster = new Managers(1, XmlParser.parseFile(Corpus.sound()), schemas, agents);
        cluster.run(20_000);
        MemoryFiles files = new MemoryFiles();
        new OfflineDoor.Run(
                        "crm_resource -r A -p fake -v 7", new byte[0], files, cluster.connection())
                .run();
        cluster.run(20_000);
        LiveDoor.checkAlive(cluster, files);
        // What the agents printed is in the CIB now: it must be one that can be read again
        XmlParser.parse(XmlPrinter.pretty(cluster.cib()));
        return "taken";
    }
}

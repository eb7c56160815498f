package org.holdfast.node.badinput;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.schema.EngineSchemas;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.wire.pacemaker.MalformedFrameException;
import org.holdfast.wire.pacemaker.PacemakerFrame;
import org.jspecify.annotations.Nullable;

/** Damaged messages of another node: patchsets, whole CIBs, votes, results, attributes. */
final class PeerDoor implements Door {

    private static final int FEEDS_PER_CLUSTER = 60;

    private final EngineSchemas schemas;
    private @Nullable Managers managers;
    private List<Managers.Sent> healthy = List.of();
    private int feeds;

    PeerDoor(EngineSchemas schemas) {
        this.schemas = schemas;
    }

    @Override
    public String feed(Mutator mutator, SeededRandom random) throws Exception {
        Managers cluster = managers;
        if (cluster == null || ++feeds % FEEDS_PER_CLUSTER == 0) {
            cluster = new Managers(2, XmlParser.parseFile(Corpus.sound()), schemas);
            MemoryFiles files = new MemoryFiles();
            for (String line :
                    List.of(
                            "crm_attribute -n x -v 1",
                            "crm_attribute -N n1 -n y -v 2 -l reboot",
                            "crm_attribute -N n2 -n z -v 3 -l reboot",
                            "attrd_updater -P .* -U 4",
                            "cibadmin -D --xml-text <rsc_order_id='o'/>",
                            "cibadmin -Q -A //primitive",
                            "cibadmin -d -A //tag",
                            "cibadmin -M -o status -X <status/>",
                            "cibadmin -P -p",
                            "cibadmin -B",
                            "cibadmin -u",
                            "crm_resource -r A --cleanup",
                            "crm_resource -r A -F -N n1",
                            "stonith_admin --fence n2",
                            "stonith_admin --confirm n2",
                            "crm_node -f -R n3",
                            "cibadmin -R -x BAD")) {
                byte[] input = line.endsWith("-p") ? Corpus.patch() : Corpus.sound();
                files.put("bad.xml", input);
                new OfflineDoor.Run(line, input, files, cluster.connection()).run();
            }
            cluster.run(3_000);
            healthy = new ArrayList<>(cluster.sent());
        }
        managers = null;
        Managers.Sent message = healthy.get(random.nextInt(healthy.size()));
        for (int i = random.nextInt(3); i >= 0; i--) {
            cluster.inject(message.group(), damaged(message.bytes(), mutator, random));
        }
        cluster.run(2_000);
        if (!cluster.cib().name().equals("cib")) {
            throw new AssertionError("the CIB has become " + cluster.cib().name());
        }
        managers = cluster;
        return "taken";
    }

    /** The frame damaged, or the text in a sound frame, or a document of the corpus in one. */
    private static byte[] damaged(byte[] bytes, Mutator mutator, SeededRandom random)
            throws MalformedFrameException {
        if (random.chance(0.2)) {
            return mutator.damage(bytes);
        }
        PacemakerFrame frame = PacemakerFrame.decode(bytes);
        byte[] text = random.chance(0.1) ? mutator.next() : mutator.damage(frame.payload());
        return new PacemakerFrame(
                        frame.number(),
                        frame.target(),
                        frame.sender(),
                        frame.compressed(),
                        text.length + 1,
                        text)
                .encode();
    }
}

package org.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.testkit.Captures;
import org.holdfast.testkit.Mutations;
import org.holdfast.wire.cfg.CfgMessage;
import org.holdfast.wire.cmap.CmapMessage;
import org.holdfast.wire.cpg.CpgCodec;
import org.holdfast.wire.cpg.CpgMessage;
import org.holdfast.wire.groups.GroupAddress;
import org.holdfast.wire.groups.Packing;
import org.holdfast.wire.pacemaker.MalformedFrameException;
import org.holdfast.wire.pacemaker.PacemakerFrame;
import org.holdfast.wire.sync.SyncMessage;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.TotemCodec;
import org.holdfast.wire.totem.TotemMessage;
import org.holdfast.wire.votequorum.VotequorumMessage;
import org.junit.jupiter.api.Test;

/**
 * No bytes from outside make a decoder throw. Raise {@code holdfast.fuzz.rounds} for a long run.
 */
class MutatedFramesTest {

    private static final long SEED = 0x5EED;

    @Test
    void mutatedFramesAreDecodedOrDeclaredMalformed() {
        List<byte[]> frames = new ArrayList<>(Captures.ofProject());
        Captures.recordings().forEach(recording -> frames.addAll(Captures.read(recording)));
        frames.addAll(MessageSamples.all());
        Mutations mutations = new Mutations(new SeededRandom(SEED));
        int rounds = Integer.getInteger("holdfast.fuzz.rounds", 300_000);
        int malformed = 0;
        long start = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            byte[] frame = mutations.next(frames);
            try {
                malformed += decodeAll(frame) ? 0 : 1;
            } catch (RuntimeException e) {
                fail("round " + round + ": " + HexFormat.of().formatHex(frame), e);
            }
        }
        System.out.printf(
                "%,d datagrams made of %,d through the decoders in %.1f s, %,d malformed%n",
                rounds, frames.size(), (System.nanoTime() - start) / 1e9, malformed);
        assertThat(malformed).isBetween(rounds / 100, rounds - rounds / 100);
    }

    /** Runs every decoder that the bytes may reach, and all service decoders on what is inside. */
    private static boolean decodeAll(byte[] frame) {
        TotemMessage message = TotemCodec.decode(frame);
        if (message instanceof TotemMessage.Malformed) {
            return false;
        }
        TotemCodec.encode(message);
        if (message instanceof Mcast mcast) {
            if (mcast.encapsulated()) {
                return !(mcast.inner() instanceof TotemMessage.Malformed);
            }
            Packing.Result result =
                    Packing.decode(frame, Mcast.HEADER_BYTES, frame.length - Mcast.HEADER_BYTES);
            if (!(result instanceof Packing.Result.Valid valid)) {
                return false;
            }
            int at = valid.packing().firstPieceOffset();
            for (int i = 0; i < valid.packing().pieces(); i++) {
                int length = valid.packing().pieceBytes(i);
                decodeServices(frame, at, length);
                at += length;
            }
        }
        return true;
    }

    private static void decodeServices(byte[] frame, int at, int length) {
        int body = GroupAddress.bodyOffset(frame, at, length);
        if (body < 0) {
            return;
        }
        GroupAddress.names(frame, at, GroupAddress.SYNC);
        int bodyBytes = length - (body - at);
        SyncMessage.decode(frame, body, bodyBytes);
        CpgMessage message = CpgCodec.decode(frame, body, bodyBytes);
        VotequorumMessage.decode(frame, body, bodyBytes);
        CmapMessage.decode(frame, body, bodyBytes);
        CfgMessage.decode(frame, body, bodyBytes);
        if (message instanceof CpgMessage.Multicast multicast) {
            decodePacemaker(frame, multicast);
        }
    }

    private static void decodePacemaker(byte[] frame, CpgMessage.Multicast multicast) {
        int at = multicast.payloadOffset();
        try {
            PacemakerFrame decoded =
                    PacemakerFrame.decode(
                            Arrays.copyOfRange(frame, at, at + multicast.payloadBytes()));
            if (!decoded.compressed()) {
                decoded.text();
            }
        } catch (MalformedFrameException _) {
            // As it should.
        }
    }
}

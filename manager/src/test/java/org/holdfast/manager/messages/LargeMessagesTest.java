package org.holdfast.manager.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.manager.ManagerInput.GroupMember;
import org.junit.jupiter.api.Test;

class LargeMessagesTest {

    private static final GroupMember SENDER = new GroupMember(new NodeId(1), 7);

    private final LargeMessages receiver = new LargeMessages();
    private final byte[] text = noise();
    private final List<byte[]> delivered = new ArrayList<>();

    /** Cannot be compressed, so it takes several parts. */
    private static byte[] noise() {
        SeededRandom random = new SeededRandom(1);
        byte[] bytes = new byte[300_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private void deliver(List<byte[]> parts) {
        for (byte[] part : parts) {
            byte[] whole = receiver.accept(Group.CIB, SENDER, part);
            if (whole != null) {
                delivered.add(whole);
            }
        }
    }

    @Test
    void aTextComesOutWhole() {
        deliver(LargeMessages.split(1, 1, text));
        assertThat(delivered).containsExactly(text);
    }

    @Test
    void whatWasBegunAnewForNothingIsNotDeliveredTwice() {
        receiver.drop(Group.CIB, List.of());
        // All of the first attempt was still to be sent when the members changed.
        deliver(LargeMessages.split(1, 1, text));
        deliver(LargeMessages.split(1, 2, text));
        assertThat(delivered).containsExactly(text);
    }

    @Test
    void anAttemptThatMembersSawInPartCountsForNothing() {
        List<byte[]> first = LargeMessages.split(1, 1, text);
        deliver(first.subList(0, 2));
        receiver.drop(Group.CIB, List.of());
        deliver(first.subList(2, first.size()));
        assertThat(delivered).isEmpty();
        deliver(LargeMessages.split(1, 2, text));
        assertThat(delivered).containsExactly(text);
    }

    @Test
    void aProcessInTheSendersPlaceCountsFromTheBeginning() {
        deliver(LargeMessages.split(1, 1, text));
        receiver.drop(Group.CIB, List.of(SENDER));
        deliver(LargeMessages.split(1, 1, text));
        assertThat(delivered).hasSize(2);
    }
}

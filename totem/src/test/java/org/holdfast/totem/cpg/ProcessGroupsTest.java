package org.holdfast.totem.cpg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.GroupChange;
import org.holdfast.totem.GroupChange.Reason;
import org.holdfast.totem.GroupMember;
import org.holdfast.totem.GroupName;
import org.holdfast.wire.cpg.CpgMessage;
import org.holdfast.wire.cpg.CpgName;
import org.holdfast.wire.totem.RingId;
import org.junit.jupiter.api.Test;

/** Joins, leaves and crashes as libcpg's clients see them. */
class ProcessGroupsTest {

    private static final NodeId SELF = new NodeId(1);
    private static final NodeId OTHER = new NodeId(2);
    private static final NodeId THIRD = new NodeId(3);
    private static final GroupName GROUP = new GroupName("g");

    private final List<CpgMessage> sent = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final ProcessGroups groups =
            new ProcessGroups(
                    SELF,
                    new ProcessGroups.Port() {
                        @Override
                        public void sendInSync(CpgMessage message) {
                            sent.add(message);
                        }

                        @Override
                        public void send(CpgMessage message) {
                            sent.add(message);
                        }

                        @Override
                        public void configuration(
                                GroupName group,
                                RingId ringId,
                                List<GroupMember> members,
                                List<GroupChange> left,
                                List<GroupChange> joined) {
                            told.add(
                                    names(members)
                                            + " left "
                                            + changes(left)
                                            + " joined "
                                            + changes(joined));
                        }

                        @Override
                        public void message(
                                GroupName group, NodeId sender, int pid, int offset, int length) {
                            told.add("message of " + sender + "/" + pid);
                        }
                    });

    private static List<String> names(List<GroupMember> members) {
        return members.stream().map(member -> member.node() + "/" + member.pid()).toList();
    }

    private static List<String> changes(List<GroupChange> changes) {
        return changes.stream()
                .map(change ->
                        change.member().node()
                                + "/"
                                + change.member().pid()
                                + " "
                                + change.reason())
                .toList();
    }

    private void joinHere() {
        groups.join(GROUP, 10);
        groups.onMessage(SELF, new CpgMessage.ProcessJoin(CpgName.of("g"), 10, 1));
        told.clear();
    }

    private void sync(List<NodeId> transitional, List<NodeId> members) {
        groups.init(transitional, members, new RingId(SELF, 8));
        groups.send();
    }

    @Test
    void aProcessIsAMemberWhenItsJoinComesBack() {
        groups.join(GROUP, 10);
        assertThat(told).isEmpty();
        groups.onMessage(SELF, new CpgMessage.ProcessJoin(CpgName.of("g"), 10, 1));

        assertThat(told).containsExactly("[1/10] left [] joined [1/10 JOIN]");
    }

    @Test
    void aLeaverHearsOfItsOwnLeaveAndOfNothingAfterIt() {
        joinHere();
        groups.leave(GROUP, 10, Reason.LEAVE);
        groups.onMessage(SELF, new CpgMessage.ProcessLeave(CpgName.of("g"), 10, 2));
        groups.onMessage(OTHER, new CpgMessage.ProcessJoin(CpgName.of("g"), 20, 1));

        assertThat(told).containsExactly("[] left [1/10 LEAVE] joined []");
    }

    @Test
    void aDeadNodesProcessesLeaveInOneEvent() {
        joinHere();
        groups.onMessage(OTHER, new CpgMessage.ProcessJoin(CpgName.of("g"), 20, 1));
        groups.onMessage(OTHER, new CpgMessage.ProcessJoin(CpgName.of("g"), 21, 1));
        sync(List.of(SELF, OTHER), List.of(SELF, OTHER));
        groups.onMessage(OTHER, joinList(20, 21));
        groups.activate();
        told.clear();

        sync(List.of(SELF), List.of(SELF));
        groups.activate();

        assertThat(told).containsExactly("[1/10] left [2/20 NODE_DOWN, 2/21 NODE_DOWN] joined []");
    }

    /** 35446d6b: who died and came back between two rings must be seen to leave and to come. */
    @Test
    void aNodeThatLeftAndCameBackInOneRingLeavesAndJoins() {
        joinHere();
        sync(List.of(SELF), List.of(SELF, OTHER));
        groups.onMessage(OTHER, joinList(20));
        groups.activate();
        told.clear();

        sync(List.of(SELF), List.of(SELF, OTHER));
        groups.onMessage(OTHER, joinList(99));
        groups.activate();

        assertThat(told)
                .containsExactly(
                        "[1/10] left [2/20 NODE_DOWN] joined []",
                        "[1/10, 2/99] left [] joined [2/99 NODE_UP]");
    }

    /** Corosync's groups keep such a node, and what it missed in between is lost silently. */
    @Test
    void aNodeThatPartedDuringABrokenStepLeavesAndJoins() {
        joinHere();
        sync(List.of(SELF), List.of(SELF, OTHER));
        groups.onMessage(OTHER, joinList(20));
        groups.activate();
        told.clear();

        sync(List.of(SELF), List.of(SELF));
        groups.abort();
        sync(List.of(SELF), List.of(SELF, OTHER));
        groups.abort();
        sync(List.of(SELF, OTHER), List.of(SELF, OTHER));
        groups.onMessage(OTHER, joinList(20));
        groups.activate();
        sync(List.of(SELF, OTHER), List.of(SELF, OTHER));
        groups.onMessage(OTHER, joinList(20));
        groups.activate();

        assertThat(told)
                .containsExactly(
                        "[1/10] left [2/20 NODE_DOWN] joined []",
                        "[1/10, 2/20] left [] joined [2/20 NODE_UP]");
    }

    /** 23e17953: processes that left while this node was paused are told as ended. */
    @Test
    void aProcessThatItsNodeNoLongerListsHasEnded() {
        joinHere();
        sync(List.of(SELF), List.of(SELF, OTHER));
        groups.onMessage(OTHER, joinList(20, 21));
        groups.activate();
        told.clear();

        sync(List.of(SELF, OTHER), List.of(SELF, OTHER));
        groups.onMessage(OTHER, joinList(21));
        groups.activate();

        assertThat(told).containsExactly("[1/10, 2/21] left [2/20 PROCESS_DOWN] joined []");
    }

    /** a966506c: a step that was broken off must leave nothing behind. */
    @Test
    void aBrokenStepsListsAreForgotten() {
        joinHere();
        sync(List.of(SELF), List.of(SELF, OTHER, THIRD));
        groups.onMessage(OTHER, joinList(20));
        groups.abort();
        sync(List.of(SELF), List.of(SELF, THIRD));
        groups.onMessage(THIRD, joinList(30));
        groups.activate();

        assertThat(told).containsExactly("[1/10, 3/30] left [] joined [3/30 NODE_UP]");
    }

    @Test
    void aMessageFromANodeWithoutAMemberIsNotDelivered() {
        joinHere();
        groups.onMessage(OTHER, multicast());
        assertThat(told).isEmpty();
        groups.onMessage(OTHER, new CpgMessage.ProcessJoin(CpgName.of("g"), 20, 1));
        groups.onMessage(OTHER, multicast());

        assertThat(told)
                .containsExactly("[1/10, 2/20] left [] joined [2/20 JOIN]", "message of 2/20");
    }

    private static CpgMessage multicast() {
        return new CpgMessage.Multicast(CpgName.of("g"), 20, OTHER, 0, 0, 0);
    }

    private static CpgMessage joinList(int... pids) {
        List<CpgMessage.JoinList.Entry> entries = new ArrayList<>();
        for (int pid : pids) {
            entries.add(new CpgMessage.JoinList.Entry(pid, CpgName.of("g")));
        }
        return new CpgMessage.JoinList(entries);
    }
}

package org.holdfast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The judge of the ring's soak finds each kind of fault that it is there to find. */
class LoadHistoryTest {

    private static final String BOTH = "V 1:10 2:20 -";

    private static List<String> first(String... messages) {
        return log("I 1 10 7", messages);
    }

    private static List<String> second(String... messages) {
        return log("I 2 20 8", messages);
    }

    private static List<String> log(String identity, String... lines) {
        List<String> log = new ArrayList<>(List.of(identity, BOTH));
        log.addAll(List.of(lines));
        return log;
    }

    private static List<String> check(List<String> one, List<String> other) {
        return check(false, one, other);
    }

    private static List<String> check(boolean real, List<String> one, List<String> other) {
        LoadHistory history = new LoadHistory(real ? Set.of("1") : Set.of());
        history.read(one);
        history.read(other);
        history.check();
        return history.checkEnd(Set.of("1", "2"));
    }

    @Test
    void equalHistoriesAreFine() {
        assertThat(
                        check(
                                first("S 1", "M 1 7 1 64", "M 2 8 1 64", "M 2 8 2 64"),
                                second("S 1", "S 2", "M 1 7 1 64", "M 2 8 1 64", "M 2 8 2 64")))
                .isEmpty();
    }

    @Test
    void differentOrder() {
        assertThat(
                        check(
                                first("S 1", "M 1 7 1 64", "M 2 8 1 64", "M 2 8 2 64"),
                                second("S 2", "M 2 8 1 64", "M 1 7 1 64", "M 2 8 2 64")))
                .anyMatch(text -> text.contains("the other way round"));
    }

    @Test
    void aMessageThatLacksAtOneOfTwoThatAreTogether() {
        assertThat(
                        check(
                                first("S 2", "M 2 8 1 64", "M 1 7 1 64", "M 1 7 2 64"),
                                second("S 1", "M 2 8 1 64", "M 1 7 2 64")))
                .anyMatch(text -> text.contains("only one delivers [1/7#1]"));
    }

    /** The first member was there when the second one joined. */
    private static List<String> earlier(String... lines) {
        List<String> log = new ArrayList<>(List.of("I 1 10 7", "V 1:10 -", BOTH));
        log.addAll(List.of(lines));
        return log;
    }

    @Test
    void onlyTheFirstLongMessageOfASenderMayLackAndOnlyBesideRealNodes() {
        List<String> complete =
                earlier("S 2", "M 2 8 1 64", "M 1 7 1 9000", "M 1 7 2 64", "M 2 8 2 64");
        List<String> joined = second("S 2", "M 2 8 1 64", "M 1 7 2 64", "M 2 8 2 64");

        assertThat(check(true, complete, joined)).isEmpty();
        assertThat(check(false, complete, joined)).isNotEmpty();
        assertThat(
                        check(
                                true,
                                earlier(
                                        "S 2",
                                        "M 2 8 1 64",
                                        "M 1 7 1 64",
                                        "M 1 7 2 9000",
                                        "M 2 8 2 64"),
                                second("S 2", "M 2 8 1 64", "M 1 7 1 64", "M 2 8 2 64")))
                .isNotEmpty();
    }

    @Test
    void whoJoinedAtOnceMayNotLackTheFirstLongMessage() {
        assertThat(
                        check(
                                true,
                                first("S 2", "M 2 8 1 64", "M 1 7 1 9000", "M 2 8 2 64"),
                                second("S 2", "M 2 8 1 64", "M 2 8 2 64")))
                .isNotEmpty();
    }

    /** Both joined the group after the sender, one node was in the ring when the message began. */
    @Test
    void ofTwoWhoJoinedTheGroupOneMayLackWhatAnotherSenderHadBegun() {
        LoadHistory history = new LoadHistory(Set.of("2", "3"));
        String all = "V 1:10 2:20 3:30 -";
        history.read(List.of("I 3 30 9", "V 3:30 -", all, "M 3 9 1 30000", "M 3 9 2 64"));
        history.read(List.of("I 2 20 8", all, "M 3 9 1 30000", "M 3 9 2 64"));
        history.read(List.of("I 1 10 7", all, "M 3 9 2 64"));
        assertThat(history.check()).isEmpty();

        LoadHistory later = new LoadHistory(Set.of("2", "3"));
        later.read(
                List.of("I 3 30 9", "V 3:30 -", all, "M 3 9 1 64", "M 3 9 2 30000", "M 3 9 3 64"));
        later.read(List.of("I 2 20 8", all, "M 3 9 1 64", "M 3 9 2 30000", "M 3 9 3 64"));
        later.read(List.of("I 1 10 7", all, "M 3 9 1 64", "M 3 9 3 64"));
        assertThat(later.check()).isNotEmpty();
    }

    /** A third node joins those above. */
    private static List<String> three(boolean secondIsReal, String lackedBySecond) {
        LoadHistory history = new LoadHistory(secondIsReal ? Set.of("2", "3") : Set.of("3"));
        String all = "V 1:10 2:20 3:30 -";
        String[] messages = {"M 1 7 1 64", "M 3 9 1 64", "M 1 7 2 64"};
        history.read(log("I 1 10 7", all, messages[0], messages[1], messages[2]));
        List<String> second = log("I 2 20 8", all, messages[0], messages[1], messages[2]);
        second.remove(lackedBySecond);
        history.read(second);
        history.read(log("I 3 30 9", all, messages[0], messages[1], messages[2]));
        return history.check();
    }

    @Test
    void whatARealNodeLacksAndAnotherRealOneHasIsCorosyncs() {
        assertThat(three(true, "M 3 9 1 64")).isEmpty();
        assertThat(three(false, "M 3 9 1 64")).isNotEmpty();
    }

    @Test
    void aPartingThatCorosyncDoesNotShowIsExcusedOnlyIfTheOtherOneSawIt() {
        String[] ofReal = {"S 1", "M 2 8 1 64", "M 2 8 3 64"};
        assertThat(
                        check(
                                true,
                                first(ofReal),
                                second(
                                        "S 3",
                                        "M 2 8 1 64",
                                        "V 2:20 - 1:10",
                                        "M 2 8 2 64",
                                        BOTH,
                                        "M 2 8 3 64")))
                .noneMatch(text -> text.contains("only one") || text.contains("stayed"));
        assertThat(
                        check(
                                true,
                                first(ofReal),
                                second("S 3", "M 2 8 1 64", "M 2 8 2 64", "M 2 8 3 64")))
                .anyMatch(text -> text.contains("stayed"));
    }

    /** What a node that then dies has delivered, the others need not have. */
    @Test
    void theEndBeforeAPartingMayDiffer() {
        assertThat(
                        check(
                                first(
                                        "S 1",
                                        "M 2 8 1 64",
                                        "M 1 7 1 64",
                                        "M 2 8 2 64",
                                        "E",
                                        "I 1 11 9",
                                        "V 1:11 2:20 -",
                                        "M 2 8 3 64"),
                                second(
                                        "S 3",
                                        "M 2 8 1 64",
                                        "M 2 8 2 64",
                                        "V 2:20 - 1:10",
                                        "V 1:11 2:20 -",
                                        "M 2 8 3 64")))
                .isEmpty();
    }

    /** The first node is alone after the first message, and the others after the fourth. */
    private static List<String> partedAfter(String... ofFirst) {
        String all = "V 1:10 2:20 3:30 -";
        List<String> first = new ArrayList<>(List.of("I 1 10 7", all, "M 2 8 1 64"));
        first.addAll(List.of(ofFirst));
        first.add("V 1:10 - 2:20 3:30");
        LoadHistory history = new LoadHistory(Set.of());
        history.read(first);
        for (String identity : List.of("I 2 20 8", "I 3 30 9")) {
            history.read(
                    List.of(
                            identity,
                            all,
                            "M 2 8 1 64",
                            "M 2 8 2 64",
                            "M 1 7 1 64",
                            "M 3 9 1 64",
                            "V 2:20 3:30 - 1:10"));
        }
        return history.check();
    }

    @Test
    void beyondAGapOnlyThoseWhoStayAreHeard() {
        assertThat(partedAfter("M 1 7 1 64")).isEmpty();
        assertThat(partedAfter("M 1 7 1 64", "M 3 9 1 64")).isNotEmpty();
        assertThat(partedAfter("M 3 9 1 64")).isNotEmpty();
    }

    @Test
    void aGapOfASenderThatStayed() {
        assertThat(check(first("M 2 8 1 64", "M 2 8 3 64"), second()))
                .anyMatch(text -> text.contains("of a member that stayed"));
    }

    @Test
    void aGapOfASenderThatWasAwayIsNoFault() {
        assertThat(
                        check(
                                first("M 2 8 1 64", "V 1:10 - 2:20", BOTH, "M 2 8 3 64"),
                                second(
                                        "S 3",
                                        "M 2 8 1 64",
                                        "V 2:20 - 1:10",
                                        "M 2 8 2 64",
                                        BOTH,
                                        "M 2 8 3 64")))
                .isEmpty();
    }

    @Test
    void aMessageTwice() {
        assertThat(check(first("M 2 8 1 64", "M 2 8 1 64"), second()))
                .anyMatch(text -> text.contains("2/8#1 after 1"));
    }

    @Test
    void aMessageOfANodeThatIsNoMember() {
        assertThat(check(first("V 1:10 - 2:20", "M 2 8 1 64"), second()))
                .anyMatch(text -> text.contains("is not of a member"));
    }

    @Test
    void anOwnMessageThatNeverCame() {
        assertThat(check(first("S 1"), second()))
                .anyMatch(text -> text.contains("sent 1 and delivered 0"));
    }

    @Test
    void damage() {
        assertThat(check(first("X damaged message of 64 bytes from 2"), second())).hasSize(1);
    }

    @Test
    void anEndThatOthersDoNotHave() {
        assertThat(check(first("M 2 8 1 64"), second("S 2", "M 2 8 1 64", "M 2 8 2 64")))
                .anyMatch(text -> text.contains("ends with"));
    }
}

package org.holdfast.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the members of the load of {@code soakmember.c} wrote down, and whether it satisfies virtual
 * synchrony as far as members of a group can see it:
 *
 * <ul>
 *   <li>only members are heard, and each undamaged, once, in the order in which it sent;
 *   <li>of a member that stays, no message lacks between two that were delivered;
 *   <li>two members deliver what both deliver in the same order;
 *   <li>two members that stay together deliver the very same between any two messages that both
 *       deliver in that time. When they part, each may end with messages of those who stay with it:
 *       they are delivered in its transitional configuration, which a group does not show;
 *   <li>a member delivers all that it sends itself.
 * </ul>
 *
 * <p>Corosync's groups do not tell a member of those who parted from it and came back before the
 * sync step could end (ours do). What its members lack for that reason is counted apart.
 *
 * <p>One exception: while a real Corosync is in the ring, a message that was partly sent when
 * members joined is completed, not started again; those who joined have not its beginning and
 * cannot deliver it. That can only be a sender's first message since they joined, and ours cut only
 * what does not fit into a packet.
 */
final class LoadHistory {

    private static final int REPORTED_MAX = 20;

    /** A message of at most so many bytes is never cut by us; Corosync fills each packet. */
    private static final int UNCUT_BYTES_MAX = 900;

    /** One run of one member. */
    static final class Life {
        final String node;
        final String process;
        final String id;
        final List<String> messages = new ArrayList<>();

        /** Which processes were members when the message of the same index was delivered. */
        final List<Integer> viewOfMessage = new ArrayList<>();

        final List<Set<String>> views = new ArrayList<>();
        int sent;
        boolean ended;

        Life(String node, String process, String id) {
            this.node = node;
            this.process = process;
            this.id = id;
            views.add(Set.of());
        }

        Set<String> view() {
            return views.getLast();
        }
    }

    private final List<Life> lives = new ArrayList<>();
    private final Map<String, Life> byId = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> realNodes;
    private int faultsOfReal;
    private final Set<String> cuttable = new HashSet<>();
    private final Set<String> lackingCut = new HashSet<>();

    /**
     * Starts without any log.
     *
     * @param realNodes the nodes that run Corosync
     */
    LoadHistory(Set<String> realNodes) {
        this.realNodes = realNodes;
    }

    /** What Corosync's own groups did wrong. */
    int faultsOfReal() {
        return faultsOfReal;
    }

    /** Messages that members lack because they joined in the middle of them. */
    int lackingCut() {
        return lackingCut.size();
    }

    /** Takes one node's log: all of its member's lives, one after another. */
    void read(List<String> lines) {
        Life life = null;
        for (String line : lines) {
            String[] words = line.split(" ");
            if (words[0].equals("I") && words.length == 4) {
                if (life != null) {
                    life.ended = true;
                }
                life = new Life(words[1], words[1] + ":" + words[2], words[1] + "/" + words[3]);
                lives.add(life);
                byId.put(life.id, life);
            } else if (life != null) {
                take(life, words, line);
            }
        }
    }

    private void take(Life life, String[] words, String line) {
        switch (words[0]) {
            case "S" -> life.sent = Integer.parseInt(words[1]);
            case "V" -> {
                List<String> all = Arrays.asList(words);
                life.views.add(new LinkedHashSet<>(all.subList(1, all.indexOf("-"))));
            }
            case "M" -> {
                // A line that the end of its writer cut short.
                if (words.length == 5) {
                    String message = words[1] + "/" + words[2] + "#" + words[3];
                    if (Integer.parseInt(words[4]) > UNCUT_BYTES_MAX
                            || realNodes.contains(words[1])) {
                        cuttable.add(message);
                    }
                    life.messages.add(message);
                    life.viewOfMessage.add(life.views.size() - 1);
                }
            }
            case "E" -> life.ended = true;
            default -> fault(life, line);
        }
    }

    private void fault(Life life, String text) {
        if (faults.size() < REPORTED_MAX) {
            faults.add("member " + life.id + " (" + life.process + "): " + text);
        }
    }

    private void faultUnlessReal(Life life, Life other, String text) {
        if (realNodes.contains(life.node) && realNodes.contains(other.node)) {
            faultsOfReal++;
        } else {
            fault(life, text);
        }
    }

    /** The last life of a node's member. */
    Life last(String node) {
        return lives.stream()
                .filter(life -> life.node.equals(node))
                .reduce((_, second) -> second)
                .orElseThrow();
    }

    long delivered() {
        return lives.stream().mapToLong(life -> life.messages.size()).sum();
    }

    int lives() {
        return lives.size();
    }

    /** All that is wrong; empty if all is well. */
    List<String> check() {
        for (Life life : lives) {
            checkSenders(life);
        }
        for (int i = 0; i < lives.size(); i++) {
            for (int j = i + 1; j < lives.size(); j++) {
                checkOrder(lives.get(i), lives.get(j));
                checkTogether(lives.get(i), lives.get(j));
            }
        }
        return List.copyOf(faults);
    }

    /** All that is wrong when the load has ended while these nodes were in one ring. */
    List<String> checkEnd(Set<String> nodes) {
        String reference = "";
        for (String node : new TreeSet<>(nodes)) {
            Life life = last(node);
            long own =
                    life.messages.stream().filter(text -> text.startsWith(life.id + "#")).count();
            if (own != life.sent) {
                fault(life, "sent %d and delivered %d of them".formatted(life.sent, own));
            }
            String end = life.messages.isEmpty() ? "" : life.messages.getLast();
            reference = reference.isEmpty() ? end : reference;
            if (!end.equals(reference)) {
                fault(life, "ends with " + end + ", not " + reference);
            }
        }
        return List.copyOf(faults);
    }

    private void checkSenders(Life life) {
        Map<String, Integer> lastNumber = new HashMap<>();
        Map<String, Integer> lastView = new HashMap<>();
        for (int i = 0; i < life.messages.size(); i++) {
            String message = life.messages.get(i);
            int hash = message.indexOf('#');
            String sender = message.substring(0, hash);
            int number = Integer.parseInt(message.substring(hash + 1));
            int view = life.viewOfMessage.get(i);
            Life from = byId.get(sender);
            if (from == null || !life.views.get(view).contains(from.process)) {
                fault(life, message + " is not of a member, members " + life.views.get(view));
                continue;
            }
            Integer before = lastNumber.put(sender, number);
            Integer viewBefore = lastView.put(sender, view);
            if (before == null || viewBefore == null) {
                continue;
            }
            if (number <= before) {
                fault(life, message + " after " + before);
            } else if (number > before + 1
                    && isMemberThroughout(life, viewBefore, view, from.process)) {
                faultUnlessReal(
                        life, life, message + " after " + before + " of a member that stayed");
            }
        }
    }

    private static boolean isMemberThroughout(Life life, int first, int last, String process) {
        for (int view = first; view <= last; view++) {
            if (!life.views.get(view).contains(process)) {
                return false;
            }
        }
        return true;
    }

    private void checkOrder(Life one, Life other) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < other.messages.size(); i++) {
            places.put(other.messages.get(i), i);
        }
        int highest = -1;
        for (String message : one.messages) {
            Integer place = places.get(message);
            if (place == null) {
                continue;
            }
            if (place < highest) {
                fault(
                        one,
                        "%s before %s, but %s (%s) delivers them the other way round"
                                .formatted(
                                        other.messages.get(highest),
                                        message,
                                        other.id,
                                        other.process));
                return;
            }
            highest = place;
        }
    }

    private void checkTogether(Life one, Life other) {
        for (Span spanOfOne : spansWith(one, other.process)) {
            for (Span spanOfOther : spansWith(other, one.process)) {
                List<String> ofOne = spanOfOne.messages;
                List<String> ofOther = spanOfOther.messages;
                Set<String> common = new HashSet<>(ofOne);
                common.retainAll(new HashSet<>(ofOther));
                if (common.isEmpty()) {
                    continue;
                }
                Set<String> cut = cutAtStart(ofOne, ofOther);
                List<String> first = without(cut, between(ofOne, common));
                List<String> second = without(cut, between(ofOther, common));
                if (first.equals(second)
                        || endsApart(spanOfOne, first, second)
                                && endsApart(spanOfOther, second, first)) {
                    continue;
                }
                if (realNodes.contains(one.node) && spanOfOther.next != null
                        || realNodes.contains(other.node) && spanOfOne.next != null) {
                    // Ours saw them part, Corosync's group did not tell its member.
                    faultsOfReal++;
                } else {
                    reportDifference(one, other, first, second);
                }
            }
        }
    }

    /**
     * Whether all that differs may have come in the transitional configuration of the span's end.
     */
    private boolean endsApart(Span span, List<String> messages, List<String> others) {
        int same = 0;
        while (same < messages.size()
                && same < others.size()
                && messages.get(same).equals(others.get(same))) {
            same++;
        }
        Set<String> staying = span.next;
        if (staying == null) {
            return span.lifeEnded;
        }
        int from = same < messages.size() ? span.messages.indexOf(messages.get(same)) : -1;
        return from < 0
                || span.messages.subList(from, span.messages.size()).stream()
                        .map(message -> byId.get(message.substring(0, message.indexOf('#'))))
                        .allMatch(sender -> sender != null && staying.contains(sender.process));
    }

    /** What only one delivers, because the other joined after it was begun. */
    private Set<String> cutAtStart(List<String> ofOne, List<String> ofOther) {
        Set<String> cut = new HashSet<>();
        if (!realNodes.isEmpty()) {
            addCut(ofOne, new HashSet<>(ofOther), cut);
            addCut(ofOther, new HashSet<>(ofOne), cut);
            lackingCut.addAll(cut);
        }
        return cut;
    }

    private void addCut(List<String> messages, Set<String> elsewhere, Set<String> cut) {
        Set<String> heard = new HashSet<>();
        Set<String> understood = new HashSet<>();
        for (String message : messages) {
            String sender = message.substring(0, message.indexOf('#'));
            boolean first = heard.add(sender);
            if (elsewhere.contains(message)) {
                understood.add(sender);
            } else if (cuttable.contains(message)
                    && !understood.contains(sender)
                    && (first || realNodes.contains(sender.substring(0, sender.indexOf('/'))))) {
                // Packets of Corosync that go on with the cut message hold others besides.
                cut.add(message);
            }
        }
    }

    private static List<String> without(Set<String> some, List<String> messages) {
        return messages.stream().filter(message -> !some.contains(message)).toList();
    }

    private void reportDifference(Life one, Life other, List<String> first, List<String> second) {
        Set<String> onlyFirst = new LinkedHashSet<>(first);
        onlyFirst.removeAll(new HashSet<>(second));
        Set<String> onlySecond = new LinkedHashSet<>(second);
        onlySecond.removeAll(new HashSet<>(first));
        faultUnlessReal(
                one,
                other,
                "together with %s (%s), but only one delivers %s, only the other %s"
                        .formatted(
                                other.id,
                                other.process,
                                onlyFirst.stream().limit(5).toList(),
                                onlySecond.stream().limit(5).toList()));
    }

    /** A time in which a process was a member without interruption. */
    private static final class Span {
        final List<String> messages = new ArrayList<>();

        /** The members after it; null while there was no such view. */
        @Nullable Set<String> next;

        boolean lifeEnded;
    }

    private static List<Span> spansWith(Life life, String process) {
        List<Span> spans = new ArrayList<>();
        Span[] spanOfView = new Span[life.views.size()];
        Span open = null;
        for (int view = 0; view < spanOfView.length; view++) {
            boolean in = life.views.get(view).contains(process);
            if (in && open == null) {
                open = new Span();
                open.lifeEnded = life.ended;
                spans.add(open);
            } else if (!in && open != null) {
                open.next = life.views.get(view);
                open = null;
            }
            spanOfView[view] = open;
        }
        for (int i = 0; i < life.messages.size(); i++) {
            Span span = spanOfView[life.viewOfMessage.get(i)];
            if (span != null) {
                span.messages.add(life.messages.get(i));
            }
        }
        return spans;
    }

    private static List<String> between(List<String> messages, Set<String> common) {
        int first = 0;
        while (!common.contains(messages.get(first))) {
            first++;
        }
        int last = messages.size() - 1;
        while (!common.contains(messages.get(last))) {
            last--;
        }
        return messages.subList(first, last + 1);
    }
}

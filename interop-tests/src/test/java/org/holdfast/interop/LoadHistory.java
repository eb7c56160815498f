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
 * <p>What Corosync 3.1.7 does otherwise, also among real nodes alone, is counted apart, but only
 * where the history shows it:
 *
 * <ul>
 *   <li>its groups do not tell a member of those who parted from it and came back before the sync
 *       step could end (ours do): the other one did see the parting, and the real one's unbroken
 *       time together has messages of two of the other's;
 *   <li>a real node lacks what another real node has, or puts another real node's message together
 *       wrongly;
 *   <li>while a real Corosync is in the ring, a message that was partly sent when members joined is
 *       completed, not started again; those who joined have not its beginning and cannot deliver
 *       it. That can only be a sender's first message since they joined, the sender was there
 *       before them, and ours cut only what does not fit into a packet.
 * </ul>
 */
final class LoadHistory {

    private static final int REPORTED_MAX = 20;
    private static final int MEGABYTE = 990_000;

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
    private int partingsNotShown;
    private int lossesOfReal;
    private long ofMegabytes;
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
    String faultsOfReal() {
        return "%d partings that real nodes did not show, %d losses of real nodes"
                .formatted(partingsNotShown, lossesOfReal);
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
                    ofMegabytes += Integer.parseInt(words[4]) >= MEGABYTE ? 1 : 0;
                    life.viewOfMessage.add(life.views.size() - 1);
                }
            }
            case "E" -> life.ended = true;
            case "D" -> {
                // The damaged message, for whoever reads the log.
            }
            default -> {
                if (line.startsWith("X damaged")
                        && isReal(life)
                        && isReal(words[words.length - 1])) {
                    lossesOfReal++;
                } else {
                    fault(life, line);
                }
            }
        }
    }

    private void fault(Life life, String text) {
        if (faults.size() < REPORTED_MAX) {
            faults.add("member " + life.id + " (" + life.process + "): " + text);
        }
    }

    private boolean isReal(Life life) {
        return isReal(life.node);
    }

    private boolean isReal(String node) {
        return realNodes.contains(node);
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

    /** Deliveries of the longest messages. */
    long deliveredOfMegabytes() {
        return ofMegabytes;
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
                gap(life, from, message, before);
            }
        }
    }

    /** A member that stayed sent something that this one does not deliver. */
    private void gap(Life life, Life from, String message, int before) {
        int hash = message.indexOf('#');
        int number = Integer.parseInt(message.substring(hash + 1));
        List<String> missing = new ArrayList<>();
        for (int i = before + 1; i < number; i++) {
            missing.add(message.substring(0, hash + 1) + i);
        }
        if (isReal(life) && spansWith(from, life.process).size() > 1) {
            partingsNotShown++;
        } else if (isReal(life) && (isReal(from) || anotherRealHas(life, missing))) {
            lossesOfReal++;
        } else {
            fault(life, message + " after " + before + " of a member that stayed");
        }
    }

    /** Whether some other real node delivered all of these. */
    private boolean anotherRealHas(Life life, List<String> messages) {
        return lives.stream()
                .anyMatch(other ->
                        isReal(other)
                                && !other.node.equals(life.node)
                                && new HashSet<>(other.messages).containsAll(messages));
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
        List<Span> spansOfOne = spansWith(one, other.process);
        List<Span> spansOfOther = spansWith(other, one.process);
        for (Span spanOfOne : spansOfOne) {
            for (Span spanOfOther : spansOfOther) {
                List<String> ofOne = spanOfOne.messages;
                List<String> ofOther = spanOfOther.messages;
                Set<String> common = new HashSet<>(ofOne);
                common.retainAll(new HashSet<>(ofOther));
                if (common.isEmpty()) {
                    continue;
                }
                Set<String> cut = cutAtStart(spanOfOne, spanOfOther);
                List<String> first = between(ofOne, common);
                List<String> second = between(ofOther, common);
                noteLacking(cut, first, common);
                noteLacking(cut, second, common);
                first = without(cut, first);
                second = without(cut, second);
                if (first.equals(second)
                        || mayEndSo(spanOfOne, other.process, first, second)
                                && mayEndSo(spanOfOther, one.process, second, first)) {
                    continue;
                }
                if (isReal(one) && isSeveral(spanOfOne, spansOfOther)
                        || isReal(other) && isSeveral(spanOfOther, spansOfOne)) {
                    partingsNotShown++;
                } else if (isReal(one) && isReal(other)
                        || isReal(one) && lacksWhatRealOnesHave(one, first, second)
                        || isReal(other) && lacksWhatRealOnesHave(other, second, first)) {
                    lossesOfReal++;
                } else {
                    reportDifference(one, other, first, second);
                }
            }
        }
    }

    /** Whether what is one time together to one member was several to the other. */
    private static boolean isSeveral(Span span, List<Span> ofOther) {
        Set<String> messages = new HashSet<>(span.messages);
        return ofOther.stream()
                        .filter(other -> other.messages.stream().anyMatch(messages::contains))
                        .count()
                > 1;
    }

    /** Whether a real member has nothing of its own, and another real one has what it lacks. */
    private boolean lacksWhatRealOnesHave(Life real, List<String> has, List<String> others) {
        List<String> missing = new ArrayList<>(others);
        missing.removeAll(new HashSet<>(has));
        return others.containsAll(has) && anotherRealHas(real, missing);
    }

    /**
     * Whether two who part may end so. Who lacks nothing before the last message that both have may
     * deliver whatever it has. Who lacks something goes on beyond that gap only with messages of
     * those who stay with it.
     */
    private boolean mayEndSo(Span span, String parted, List<String> messages, List<String> others) {
        boolean hasGap = !new HashSet<>(messages).containsAll(others);
        return hasGap
                ? endsApart(span, parted, messages, others)
                : span.next != null || span.lifeEnded;
    }

    /**
     * Whether all that differs may have come in the transitional configuration of the span's end:
     * nothing of the one who parts. Others who left in the same change may still have been there:
     * the group shows several rings' changes as one.
     */
    private boolean endsApart(
            Span span, String parted, List<String> messages, List<String> others) {
        int same = 0;
        while (same < messages.size()
                && same < others.size()
                && messages.get(same).equals(others.get(same))) {
            same++;
        }
        if (span.next == null) {
            return span.lifeEnded;
        }
        int from = same < messages.size() ? span.messages.indexOf(messages.get(same)) : -1;
        return from < 0
                || span.messages.subList(from, span.messages.size()).stream()
                        .map(message -> byId.get(message.substring(0, message.indexOf('#'))))
                        .allMatch(sender -> sender != null && !sender.process.equals(parted));
    }

    /** What only one delivers, because the other joined after it was begun. */
    private Set<String> cutAtStart(Span ofOne, Span ofOther) {
        Set<String> cut = new HashSet<>();
        if (!realNodes.isEmpty()) {
            addCut(ofOne, new HashSet<>(ofOther.messages), cut);
            addCut(ofOther, new HashSet<>(ofOne.messages), cut);
        }
        return cut;
    }

    private void noteLacking(Set<String> cut, List<String> messages, Set<String> common) {
        messages.stream()
                .filter(message -> cut.contains(message) && !common.contains(message))
                .forEach(lackingCut::add);
    }

    private void addCut(Span span, Set<String> elsewhere, Set<String> cut) {
        Set<String> heard = new HashSet<>();
        Set<String> understood = new HashSet<>();
        for (String message : span.messages) {
            String sender = message.substring(0, message.indexOf('#'));
            boolean first = heard.add(sender);
            Life from = byId.get(sender);
            boolean wasThere = from != null && span.before.contains(from.process);
            if (elsewhere.contains(message)) {
                understood.add(sender);
            } else if (wasThere
                    && cuttable.contains(message)
                    && !understood.contains(sender)
                    && (first || isReal(from))) {
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
        fault(
                one,
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

        /** The members before it; in its own first view, those who were there already. */
        Set<String> before = Set.of();

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
                Set<String> before = view > 0 ? life.views.get(view - 1) : Set.of();
                if (before.isEmpty()) {
                    // Its node may have been in the ring for longer than it in the group.
                    before = new HashSet<>(life.views.get(view));
                    before.remove(life.process);
                }
                open.before = before;
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

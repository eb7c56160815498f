package org.holdfast.manager.attributes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.controlapi.ManagerRequest.AttributeOption;
import org.holdfast.controlapi.ManagerRequest.UpdateAttribute;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerInput.GroupMember;
import org.holdfast.manager.ManagerInput.GroupMembership;
import org.holdfast.manager.ManagerTimer;
import org.holdfast.manager.attributes.AttributeMessages.Update;
import org.holdfast.manager.attributes.AttributeTable.Attribute;
import org.holdfast.manager.cibsync.CibReplica;
import org.holdfast.manager.messages.Group;
import org.holdfast.manager.messages.NodeContext;
import org.holdfast.scheduler.constraints.PosixPattern;
import org.jspecify.annotations.Nullable;

/**
 * The attribute manager of one node.
 *
 * <p>Every member applies the same updates in the same order, so all tables are equal. A node is
 * the only source of what is known about itself: after a membership change somebody asks for an
 * exchange, and from the delivery of that message on updates wait until the node that they are
 * about has told its own values. What is known about a node dies with that node's membership; an
 * update made for an earlier incarnation of it is dropped.
 */
public final class AttributeManager {

    private static final String LOG = "pacemaker-attrd";
    private static final String TIMER_DAMPEN = "attribute-dampening";
    private static final String TIMER_START = "attribute-start";
    private static final long PATIENCE_MILLIS = 300;
    private static final long RETRY_MILLIS = 5_000;

    private final NodeContext node;
    private final AttributeTable table = new AttributeTable();
    private final StatusWriter writer;
    private final SortedMap<NodeId, Integer> members = new TreeMap<>();
    private final SortedMap<NodeId, List<Update>> deferred = new TreeMap<>();
    private final Map<Long, Runnable> waitingForDelivery = new LinkedHashMap<>();
    private final Confirmations confirmations = new Confirmations();
    private final Map<Long, String> dampened = new LinkedHashMap<>();
    private String round = "";
    private long lastRound;
    private boolean unsettled;
    private long lastRequest;
    private long lastTimer;

    /** An attribute manager outside its group. */
    public AttributeManager(NodeContext node, CibReplica cib) {
        this.node = node;
        this.writer = new StatusWriter(node, cib, table);
    }

    /** Joins the group. */
    public void start() {
        node.emit(new ManagerEffect.JoinGroup(Group.ATTRIBUTES.groupName()));
    }

    /**
     * Changes an attribute of a node; dropped if that node is not a member.
     *
     * @param then runs when this node, or every member if so wanted, has the new value
     */
    public void update(NodeId host, UpdateAttribute change, Runnable then) {
        lastRequest++;
        if (change.options().contains(AttributeOption.WAIT_FOR_ALL)) {
            confirmations.expect(lastRequest, members.keySet(), then);
        } else {
            waitingForDelivery.put(lastRequest, then);
        }
        Integer incarnation = members.get(host);
        Update update =
                new Update(
                        host,
                        incarnation == null ? 0 : incarnation,
                        change.attribute(),
                        change.value(),
                        change.dampeningMillis(),
                        change.set(),
                        change.options(),
                        lastRequest);
        node.broadcast(
                Group.ATTRIBUTES,
                AttributeMessages.encode(update, node.config().nodeName(host), node.selfName()));
    }

    /** Changes an attribute that is written to the CIB at once. */
    public void update(NodeId host, String name, @Nullable String value) {
        update(host, UpdateAttribute.of(null, name, value), () -> {});
    }

    /** Names of attributes with a value for a node that a pattern finds. */
    public List<String> namesMatching(NodeId host, java.util.regex.Pattern pattern) {
        return table.namesMatching(host, pattern);
    }

    /**
     * An attribute's value for each node that has one, the empty string for nodes of which it was
     * removed; null if nobody has set the attribute.
     */
    public @Nullable SortedMap<NodeId, String> values(String name) {
        Attribute attribute = table.find(name);
        if (attribute == null) {
            return null;
        }
        SortedMap<NodeId, String> values = new TreeMap<>(attribute.values);
        attribute.removed.forEach(host -> values.put(host, ""));
        return values;
    }

    /** Whether a node has a value of an attribute. */
    public boolean hasValue(String name, NodeId host) {
        Attribute attribute = table.find(name);
        return attribute != null && attribute.values.containsKey(host);
    }

    /** Members came or went. */
    public void onMembership(GroupMembership change) {
        for (GroupMember gone : change.left()) {
            table.forget(gone.node());
            deferred.remove(gone.node());
        }
        for (GroupMember fresh : change.joined()) {
            if (!fresh.node().equals(node.self())) {
                table.forget(fresh.node());
            }
        }
        members.clear();
        for (GroupMember member : change.members()) {
            members.put(member.node(), member.pid());
        }
        deferred.keySet().removeIf(host -> !members.containsKey(host));
        confirmations.retain(members.keySet());
        unsettled = true;
        if (!members.isEmpty() && members.firstKey().equals(node.self())) {
            askForExchange();
        } else {
            node.setTimer(TIMER_START, 0, PATIENCE_MILLIS);
        }
        writer.members(members, false);
    }

    private void askForExchange() {
        lastRound++;
        String next = node.self() + "-" + node.config().pid() + "-" + lastRound;
        node.broadcast(Group.ATTRIBUTES, AttributeMessages.encodeStart(next));
        node.setTimer(TIMER_START, 0, RETRY_MILLIS);
    }

    /** An exchange begins: from here on, updates wait for the node that they are about. */
    private void onStart(String next) {
        List<Update> own = deferred.remove(node.self());
        deferred.clear();
        unsettled = false;
        if (own != null) {
            own.forEach(this::applyAll); // they belong to what this node now tells
        }
        round = next;
        for (NodeId host : members.keySet()) {
            deferred.put(host, new ArrayList<>());
        }
        node.setTimer(TIMER_START, 0, RETRY_MILLIS);
        node.broadcast(
                Group.ATTRIBUTES,
                AttributeMessages.encodeSync(
                        next, table, node.self(), node.selfName(), node.config().pid()));
        writer.members(members, false);
    }

    /** A message of the group was delivered. */
    public void onMessage(GroupMember sender, Element message) {
        boolean own = sender.node().equals(node.self()) && sender.pid() == node.config().pid();
        switch (message.name()) {
            case AttributeMessages.UPDATE -> {
                Update update = AttributeMessages.decodeUpdate(message);
                if (update != null) {
                    onUpdate(update);
                    Runnable then = own ? waitingForDelivery.remove(update.request()) : null;
                    if (then != null) {
                        then.run();
                    }
                    if (update.has(AttributeOption.WAIT_FOR_ALL)) {
                        node.broadcast(
                                Group.ATTRIBUTES,
                                AttributeMessages.encodeDone(sender, update.request()));
                    }
                }
            }
            case AttributeMessages.DONE -> {
                long request =
                        AttributeMessages.confirmedRequest(
                                message, node.self(), node.config().pid());
                confirmations.confirmed(request, sender.node());
            }
            case AttributeMessages.START -> onStart(AttributeMessages.round(message));
            case AttributeMessages.SYNC -> {
                if (AttributeMessages.round(message).equals(round)) {
                    onSync(sender, message);
                }
            }
            default -> {
                // announcements of Pacemaker's own need no answer
            }
        }
    }

    /** A timer fired; answers whether it was one of the attribute manager's. */
    public boolean onTimer(ManagerTimer timer) {
        if (timer.purpose().equals(TIMER_START)) {
            if (unsettled || !deferred.isEmpty()) {
                askForExchange();
            }
            return true;
        }
        if (!timer.purpose().equals(TIMER_DAMPEN)) {
            return false;
        }
        String name = dampened.remove(timer.number());
        if (name != null) {
            writer.release(name);
        }
        return true;
    }

    /** The CIB changed or was replaced: its status section may have lost something. */
    public void cibChanged() {
        writer.check();
    }

    private void onUpdate(Update update) {
        Integer incarnation = members.get(update.host());
        if (incarnation == null || incarnation != update.incarnation()) {
            node.log(
                    LogEvent.Level.INFO,
                    LOG,
                    "Ignoring %s of %s: not for its present stay in the cluster"
                            .formatted(update.name(), node.config().nodeName(update.host())));
            return;
        }
        List<Update> waiting =
                unsettled
                        ? deferred.computeIfAbsent(update.host(), host -> new ArrayList<>())
                        : deferred.get(update.host());
        if (waiting != null) {
            waiting.add(update);
        } else {
            applyAll(update);
        }
    }

    private void onSync(GroupMember sender, Element message) {
        Integer incarnation = members.get(sender.node());
        if (incarnation == null || incarnation != sender.pid()) {
            return;
        }
        List<Update> waiting = deferred.remove(sender.node());
        if (waiting == null) {
            return;
        }
        table.forget(sender.node());
        for (Update value : AttributeMessages.decodeSync(message)) {
            if (value.host().equals(sender.node())) {
                apply(value, true);
            }
        }
        waiting.forEach(this::applyAll);
        if (deferred.isEmpty()) {
            node.cancelTimer(TIMER_START, 0);
        }
        writer.members(members, deferred.isEmpty());
    }

    /** Applies a change to one attribute, or to all that its pattern names. */
    private void applyAll(Update update) {
        if (!update.has(AttributeOption.PATTERN)) {
            apply(update, false);
            return;
        }
        PosixPattern.compile(update.name())
                .ifPresent(pattern ->
                        table.namesMatching(pattern)
                                .forEach(name -> apply(update.withName(name), false)));
    }

    /**
     * Applies a change to one attribute.
     *
     * @param isTold whether a member tells what it has, so that its options count as well as its
     *     value
     */
    private void apply(Update update, boolean isTold) {
        Attribute attribute = table.find(update.name());
        boolean isNew = attribute == null;
        if (attribute == null) {
            if (update.has(AttributeOption.KEEP_VALUE)) {
                return; // there is nothing whose dampening could change
            }
            attribute = table.create(update.name());
        }
        if (isNew || isTold) {
            attribute.isPrivate = update.has(AttributeOption.PRIVATE);
            attribute.isUtilization = update.has(AttributeOption.UTILIZATION);
            attribute.set = update.set();
        }
        boolean setsDampening =
                isNew
                        || isTold
                        || update.has(AttributeOption.SET_DAMPENING)
                        || update.has(AttributeOption.KEEP_VALUE);
        if (setsDampening) {
            attribute.dampeningMillis = Math.max(0, update.dampeningMillis());
        }
        if (!update.has(AttributeOption.KEEP_VALUE)) {
            AttributeTable.set(attribute, update.host(), update.value());
        }
        if (attribute.dampeningMillis > 0) {
            if (writer.hold(update.name())) {
                lastTimer++;
                dampened.put(lastTimer, update.name());
                node.setTimer(TIMER_DAMPEN, lastTimer, attribute.dampeningMillis);
            }
        } else {
            writer.check();
        }
    }
}

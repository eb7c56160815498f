package org.holdfast.totem.cpg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.GroupChange;
import org.holdfast.totem.GroupChange.Reason;
import org.holdfast.totem.GroupMember;
import org.holdfast.totem.GroupName;
import org.holdfast.totem.sync.SyncStep;
import org.holdfast.wire.cpg.CpgMessage;
import org.holdfast.wire.cpg.CpgName;
import org.holdfast.wire.service.ServiceId;
import org.holdfast.wire.totem.RingId;
import org.jspecify.annotations.Nullable;

/** The groups as one node knows them. Everything but local requests comes in total order. */
public final class ProcessGroups implements SyncStep.Service {

    private final NodeId self;
    private final Port port;
    private final SortedMap<GroupName, SortedSet<GroupMember>> groups = new TreeMap<>();

    /** Local processes that asked to join, and those that asked to leave but have not left yet. */
    private final SortedMap<GroupName, SortedMap<Integer, LocalState>> local = new TreeMap<>();

    private final List<Announced> announced = new ArrayList<>();
    private List<NodeId> members = List.of();
    private List<NodeId> oldMembers = List.of();

    /**
     * Members at the last sync step that ended, from which some ring since has parted this node.
     */
    private final SortedSet<NodeId> gone = new TreeSet<>();

    private RingId ringId = new RingId(new NodeId(0), 0);

    private enum LocalState {
        JOINING,
        JOINED,
        LEAVING
    }

    private record Announced(GroupMember member, GroupName group) {}

    /** What the groups need around them. */
    public interface Port {

        /** Sends at once, in the sync step's queue. */
        void sendInSync(CpgMessage message);

        /** Sends in the ordinary queue. */
        void send(CpgMessage message);

        /** Tells local processes of a change. */
        void configuration(
                GroupName group,
                RingId ringId,
                List<GroupMember> members,
                List<GroupChange> left,
                List<GroupChange> joined);

        /** Gives a message to local processes. */
        void message(GroupName group, NodeId sender, int pid, int offset, int length);
    }

    /** Makes a node without groups. */
    public ProcessGroups(NodeId self, Port port) {
        this.self = self;
        this.port = port;
    }

    /** All groups of all nodes. */
    public SortedMap<GroupName, List<GroupMember>> groups() {
        SortedMap<GroupName, List<GroupMember>> copy = new TreeMap<>();
        groups.forEach((name, inGroup) -> copy.put(name, List.copyOf(inGroup)));
        return copy;
    }

    // ---- local requests ----------------------------------------------------------------------

    /** A local process asks to join; one that has joined or asked before changes nothing. */
    public void join(GroupName group, int pid) {
        SortedMap<Integer, LocalState> states = local.computeIfAbsent(group, _ -> new TreeMap<>());
        LocalState before = states.get(pid);
        if (before == null || before == LocalState.LEAVING) {
            states.put(pid, LocalState.JOINING);
            port.send(
                    new CpgMessage.ProcessJoin(CpgName.of(group.value()), pid, Reason.JOIN.code()));
        }
    }

    /** A local process leaves, or has ended. */
    public void leave(GroupName group, int pid, Reason reason) {
        SortedMap<Integer, LocalState> states = local.get(group);
        LocalState before = states != null ? states.get(pid) : null;
        if (states == null || before == null || before == LocalState.LEAVING) {
            return;
        }
        if (reason == Reason.PROCESS_DOWN) {
            forgetLocal(group, pid);
        } else {
            states.put(pid, LocalState.LEAVING);
        }
        port.send(new CpgMessage.ProcessLeave(CpgName.of(group.value()), pid, reason.code()));
    }

    /** Whether a local process may send to the group. */
    public boolean mayMulticast(GroupName group, int pid) {
        SortedMap<Integer, LocalState> states = local.get(group);
        LocalState state = states != null ? states.get(pid) : null;
        return state == LocalState.JOINING || state == LocalState.JOINED;
    }

    /** The local processes that have not left, with their groups. */
    public List<Map.Entry<GroupName, Integer>> localMembers() {
        List<Map.Entry<GroupName, Integer>> found = new ArrayList<>();
        local.forEach((group, states) ->
                states.forEach((pid, state) -> {
                    if (state != LocalState.LEAVING) {
                        found.add(Map.entry(group, pid));
                    }
                }));
        return found;
    }

    private void forgetLocal(GroupName group, int pid) {
        SortedMap<Integer, LocalState> states = local.get(group);
        if (states != null) {
            states.remove(pid);
            if (states.isEmpty()) {
                local.remove(group);
            }
        }
    }

    // ---- messages ----------------------------------------------------------------------------

    /** Takes a message in total order. */
    public void onMessage(NodeId sender, CpgMessage message) {
        switch (message) {
            case CpgMessage.ProcessJoin join ->
                    onJoin(name(join.group()), new GroupMember(sender, join.pid()));
            case CpgMessage.ProcessLeave leave ->
                    onLeave(
                            name(leave.group()),
                            new GroupMember(sender, leave.pid()),
                            Reason.ofCode(leave.reason()));
            case CpgMessage.Multicast multicast ->
                    onMulticast(
                            sender,
                            multicast.group(),
                            multicast.pid(),
                            multicast.payloadOffset(),
                            multicast.payloadBytes());
            case CpgMessage.PartialMulticast partial ->
                    // libcpg's clients put the pieces together themselves.
                    onMulticast(
                            sender,
                            partial.group(),
                            partial.pid(),
                            partial.payloadOffset(),
                            partial.payloadBytes());
            case CpgMessage.JoinList list ->
                    list.entries()
                            .forEach(entry ->
                                    announced.add(
                                            new Announced(
                                                    new GroupMember(sender, entry.pid()),
                                                    name(entry.group()))));
            case CpgMessage.DownList _, CpgMessage.OldDownList _, CpgMessage.Malformed _ -> {
                // Each node trusts its own view of who has gone.
            }
        }
    }

    private static GroupName name(CpgName name) {
        return new GroupName(name.value());
    }

    private void onJoin(GroupName group, GroupMember member) {
        if (add(group, member)) {
            tell(group, List.of(), List.of(new GroupChange(member, Reason.JOIN)));
        }
    }

    private boolean add(GroupName group, GroupMember member) {
        boolean added = groups.computeIfAbsent(group, _ -> new TreeSet<>()).add(member);
        SortedMap<Integer, LocalState> states = local.get(group);
        if (added
                && member.node().equals(self)
                && states != null
                && states.get(member.pid()) == LocalState.JOINING) {
            states.put(member.pid(), LocalState.JOINED);
        }
        return added;
    }

    private void onLeave(GroupName group, GroupMember member, Reason reason) {
        if (remove(group, member)) {
            tell(group, List.of(new GroupChange(member, reason)), List.of());
            SortedMap<Integer, LocalState> states = local.get(group);
            if (member.node().equals(self)
                    && states != null
                    && states.get(member.pid()) == LocalState.LEAVING) {
                forgetLocal(group, member.pid());
            }
        }
    }

    private boolean remove(GroupName group, GroupMember member) {
        SortedSet<GroupMember> inGroup = groups.get(group);
        if (inGroup == null || !inGroup.remove(member)) {
            return false;
        }
        if (inGroup.isEmpty()) {
            groups.remove(group);
        }
        return true;
    }

    private void onMulticast(NodeId sender, CpgName wireName, int pid, int offset, int length) {
        GroupName group = name(wireName);
        if (!hasLocal(group)) {
            return;
        }
        SortedSet<GroupMember> inGroup = groups.get(group);
        boolean known = false;
        if (inGroup != null) {
            for (GroupMember member : inGroup) {
                known |= member.node().equals(sender);
            }
        }
        // Members must hear of a process before they hear from it.
        if (known) {
            port.message(group, sender, pid, offset, length);
        }
    }

    private boolean hasLocal(GroupName group) {
        SortedMap<Integer, LocalState> states = local.get(group);
        return states != null
                && (states.containsValue(LocalState.JOINED)
                        || states.containsValue(LocalState.LEAVING));
    }

    private void tell(GroupName group, List<GroupChange> left, List<GroupChange> joined) {
        if (hasLocal(group)) {
            @Nullable SortedSet<GroupMember> inGroup = groups.get(group);
            port.configuration(
                    group,
                    ringId,
                    inGroup == null ? List.of() : List.copyOf(inGroup),
                    left,
                    joined);
        }
    }

    // ---- sync step ---------------------------------------------------------------------------

    @Override
    public int id() {
        return ServiceId.CPG;
    }

    @Override
    public void init(List<NodeId> transitional, List<NodeId> newMembers, RingId newRingId) {
        members = newMembers;
        ringId = newRingId;
        // Kept until a step ends: who parts and comes back before that has delivered other messages
        // in between, and its processes must be seen to leave and join. Corosync forgets them.
        oldMembers.stream().filter(node -> !transitional.contains(node)).forEach(gone::add);
        announced.clear();
    }

    @Override
    public void send() {
        port.sendInSync(new CpgMessage.DownList(oldMembers.size(), List.copyOf(gone)));
        List<CpgMessage.JoinList.Entry> own = new ArrayList<>();
        groups.forEach((group, inGroup) ->
                inGroup.stream()
                        .filter(member -> member.node().equals(self))
                        .forEach(member ->
                                own.add(
                                        new CpgMessage.JoinList.Entry(
                                                member.pid(), CpgName.of(group.value())))));
        if (!own.isEmpty()) {
            port.sendInSync(new CpgMessage.JoinList(own));
        }
    }

    @Override
    public void activate() {
        oldMembers = members;
        removeGone();
        gone.clear();
        addAnnounced();
        removeSilent();
        announced.clear();
    }

    @Override
    public void abort() {
        announced.clear();
    }

    /** One event a group for all processes of the nodes that have gone. */
    private void removeGone() {
        Map<GroupName, List<GroupChange>> left = new LinkedHashMap<>();
        groups.forEach((group, inGroup) ->
                inGroup.stream()
                        .filter(member -> gone.contains(member.node()))
                        .forEach(member ->
                                left.computeIfAbsent(group, _ -> new ArrayList<>())
                                        .add(new GroupChange(member, Reason.NODE_DOWN))));
        left.forEach((group, changes) -> {
            changes.forEach(change -> remove(group, change.member()));
            tell(group, changes, List.of());
        });
    }

    private void addAnnounced() {
        Map<GroupName, List<GroupChange>> joined = new TreeMap<>();
        for (Announced one : announced) {
            if (!one.member().node().equals(self) && add(one.group(), one.member())) {
                joined.computeIfAbsent(one.group(), _ -> new ArrayList<>())
                        .add(new GroupChange(one.member(), Reason.NODE_UP));
            }
        }
        joined.forEach((group, changes) -> tell(group, List.of(), changes));
    }

    /** Processes that left while this node did not hear their node. */
    private void removeSilent() {
        List<Announced> silent = new ArrayList<>();
        groups.forEach((group, inGroup) ->
                inGroup.forEach(member -> {
                    Announced expected = new Announced(member, group);
                    if (!member.node().equals(self) && !announced.contains(expected)) {
                        silent.add(expected);
                    }
                }));
        for (Announced one : silent) {
            onLeave(one.group(), one.member(), Reason.PROCESS_DOWN);
        }
    }
}

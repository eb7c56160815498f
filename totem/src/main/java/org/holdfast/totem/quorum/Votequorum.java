package org.holdfast.totem.quorum;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.DeviceRequest;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.QuorumRefusal;
import org.holdfast.totem.QuorumStatus;
import org.holdfast.totem.QuorumStatus.State;
import org.holdfast.totem.quorum.Voters.Voter;
import org.holdfast.totem.sync.SyncStep;
import org.holdfast.wire.service.ServiceId;
import org.holdfast.wire.totem.RingId;
import org.holdfast.wire.votequorum.NodeFlags;
import org.holdfast.wire.votequorum.VotequorumMessage;
import org.holdfast.wire.votequorum.VotequorumMessage.NodeInfo;
import org.holdfast.wire.votequorum.VotequorumMessage.Reconfigure;

/**
 * votequorum on one node: every node tells its votes in each sync step; a partition with more than
 * half of the expected votes is quorate.
 *
 * @see <a href="https://manpages.debian.org/votequorum.5">votequorum(5)</a>
 */
public final class Votequorum implements SyncStep.Service {

    private static final NodeId NOBODY = new NodeId(0);

    private final NodeId self;
    private final Port port;
    private final Voters voters = new Voters();
    private final Voter us;
    private final QuorumDevice device;

    /** What cannot change while the node runs. */
    private final QuorumConfig initial;

    private final boolean tracking;
    private QuorumRules rules;
    private boolean lastManStanding;
    private int quorum;
    private boolean quorate;
    private boolean waitingForAll;
    private int expectedVotesBarrier;
    private int trackedExpectedVotes;
    private boolean syncRuns;
    private List<NodeId> members = List.of();
    private List<NodeId> previousMembers = List.of();
    private NodeId lowestSeen = NOBODY;
    private NodeId highestSeen = NOBODY;
    private RingId ringId = new RingId(new NodeId(0), 0);

    /** What votequorum needs around it. */
    public interface Port {

        /** Sends in the sync step's queue. */
        void sendInSync(VotequorumMessage message);

        /** Sends in the ordinary queue. */
        void send(VotequorumMessage message);

        /** This partition has or has not quorum. */
        void quorum(RingId ringId, boolean quorate, List<NodeId> members);

        /** Makes the highest expected votes durable. */
        void persistExpectedVotes(int votes);

        /** Sets a timer to a time from now. */
        void setTimer(ClusterTimer timer, int delayMillis);

        /** Forgets a timer. */
        void cancelTimer(ClusterTimer timer);

        /** Logs a line. */
        void log(Level level, String text);
    }

    /**
     * Makes a node that has been in no ring.
     *
     * @param tracked the expected votes that were made durable last, 0 if none were
     */
    public Votequorum(ClusterConfig clusterConfig, int tracked, Port port) {
        this.self = clusterConfig.self();
        this.port = port;
        this.initial = clusterConfig.quorum();
        this.tracking = initial.expectedVotesTracking() || initial.allowDownscale();
        this.lastManStanding = initial.lastManStanding();
        this.us = voters.add(self);
        this.device =
                new QuorumDevice(
                        us, port, () -> port.send(ownInfo()), () -> port.send(deviceInfo()));
        us.set(NodeFlags.FIRST, true);
        trackedExpectedVotes = tracking ? tracked : 0;
        this.rules = QuorumRules.atStart(clusterConfig, trackedExpectedVotes);
        apply(clusterConfig.quorum());
        setWaitingForAll(rules.waitForAll());
        recalculate(false, false);
    }

    private void apply(QuorumConfig config) {
        rules.remarks().forEach(remark -> port.log(remark.level(), remark.text()));
        us.votes = rules.votes();
        us.expectedVotes = rules.expectedVotes();
        device.configure(rules, config.device());
        expectedVotesBarrier = us.expectedVotes;
    }

    // ---- what others may know ----------------------------------------------------------------

    /** Whether this partition may act. */
    public boolean quorate() {
        return quorate;
    }

    /** What corosync-quorumtool shows. */
    public QuorumStatus status() {
        List<QuorumStatus.Voter> shown = new ArrayList<>();
        for (Voter voter : voters.all()) {
            shown.add(
                    new QuorumStatus.Voter(
                            voter.id, voter.state, voter.votes, voter.expectedVotes, voter.flags));
        }
        return new QuorumStatus(
                quorate,
                ringId,
                us.expectedVotes,
                voters.highestExpected(),
                totalVotes(),
                quorum,
                waitingForAll,
                shown,
                new QuorumStatus.Rules(
                        rules.twoNode(),
                        rules.waitForAll(),
                        rules.tieBreaker().rule(),
                        lastManStanding,
                        initial.allowDownscale(),
                        expectedVotesBarrier,
                        trackedExpectedVotes,
                        lowestSeen,
                        highestSeen),
                new QuorumStatus.Device(
                        device.name(), device.votes(), device.mayOperate(), device.masterWins()));
    }

    // ---- local requests ----------------------------------------------------------------------

    /** The configuration has been read again. */
    public void reconfigure(ClusterConfig config) {
        int votesBefore = us.votes;
        int expectedBefore = us.expectedVotes;
        rules = QuorumRules.atRunTime(config, initial, trackedExpectedVotes, device.isRegistered());
        apply(config.quorum());
        if (!rules.waitForAll() && initial.waitForAll().isEmpty() && waitingForAll) {
            setWaitingForAll(false);
        }
        port.send(ownInfo());
        port.send(deviceInfo());
        if (us.votes != votesBefore) {
            port.send(new Reconfigure(self, us.votes, Reconfigure.NODE_VOTES));
        }
        if (us.expectedVotes != expectedBefore) {
            port.send(new Reconfigure(self, us.expectedVotes, Reconfigure.EXPECTED_VOTES));
        }
    }

    /** Why new expected votes would be refused; empty if they make sense. */
    public Optional<QuorumRefusal> checkExpectedVotes(int votes) {
        int total = totalVotes();
        int needed = needed(true, votes, false);
        boolean wrong = votes < total || quorate && needed > total;
        return wrong ? Optional.of(QuorumRefusal.INVALID_PARAMETER) : Optional.empty();
    }

    /** Sets the expected votes of all nodes, unless the check refuses. */
    public void setExpectedVotes(int votes) {
        if (checkExpectedVotes(votes).isEmpty()) {
            voters.expectOfMembers(votes);
            port.send(new Reconfigure(self, votes, Reconfigure.EXPECTED_VOTES));
        }
    }

    /** Why new votes of a node would be refused; empty if they make sense. */
    public Optional<QuorumRefusal> checkVotes(NodeId node, int votes) {
        Voter voter = voters.find(node);
        if (voter == null) {
            return Optional.of(QuorumRefusal.NO_SUCH_NODE);
        }
        int saved = voter.votes;
        voter.votes = votes;
        int total = totalVotes();
        int needed = needed(true, 0, false);
        voter.votes = saved;
        boolean wrong = needed < total / 2 || needed > total;
        return wrong ? Optional.of(QuorumRefusal.INVALID_PARAMETER) : Optional.empty();
    }

    /** Sets one node's votes on all nodes, unless the check refuses. */
    public void setVotes(NodeId node, int votes) {
        if (checkVotes(node, votes).isEmpty()) {
            port.send(new Reconfigure(node, votes, Reconfigure.NODE_VOTES));
        }
    }

    /** Nodes that wait for all stop waiting. */
    public void cancelWaitForAll() {
        port.send(new Reconfigure(self, 0, Reconfigure.CANCEL_WAIT_FOR_ALL));
    }

    /** This node leaves: with allow_downscale the others expect its votes no more. */
    public void announceLeave() {
        if (initial.allowDownscale()) {
            us.set(NodeFlags.LEAVING, true);
            port.send(ownInfo());
        }
    }

    /** Why the device's request would be refused; empty if it would be obeyed. */
    public Optional<QuorumRefusal> checkDevice(DeviceRequest request) {
        return device.check(request, ringId);
    }

    /** This node's device asks for something; what the check refuses is not done. */
    public void onDevice(DeviceRequest request) {
        if (checkDevice(request).isEmpty()) {
            device.obey(request);
        }
    }

    /** The device has not answered in time. */
    public void onDeviceTimer() {
        device.onTimer();
    }

    /** The last_man_standing window has passed without another change. */
    public void onLastManStandingTimer() {
        if (quorate && lastManStanding) {
            recalculate(true, true);
        }
    }

    private NodeInfo ownInfo() {
        return new NodeInfo(self, us.votes, us.expectedVotes, us.flags);
    }

    private NodeInfo deviceInfo() {
        return new NodeInfo(VotequorumMessage.DEVICE, device.votes(), 0, 0);
    }

    // ---- messages ----------------------------------------------------------------------------

    /** Takes a message in total order. */
    public void onMessage(NodeId sender, VotequorumMessage message) {
        switch (message) {
            case NodeInfo info -> {
                if (info.node().equals(VotequorumMessage.DEVICE)) {
                    onDeviceInfo(sender, info);
                } else {
                    onNodeInfo(info);
                }
            }
            case Reconfigure reconfigure -> onReconfigure(reconfigure);
            case VotequorumMessage.DeviceRegister register ->
                    device.onRegister(
                            sender.equals(self),
                            register,
                            voters.anyMemberHas(NodeFlags.DEVICE_REGISTERED));
            case VotequorumMessage.DeviceRename rename -> device.onRename(rename);
            case VotequorumMessage.DeviceExtraInfo _, VotequorumMessage.Malformed _ -> {
                // Nothing here uses the one, the other was counted by whoever decoded it.
            }
        }
    }

    private void onDeviceInfo(NodeId sender, NodeInfo info) {
        Voter from = voters.find(sender);
        boolean theirsCounts = !quorate && from != null && from.has(NodeFlags.QUORATE);
        int votes = theirsCounts ? info.votes() : Math.max(device.votes(), info.votes());
        if (votes != device.votes()) {
            device.setVotes(votes);
            recalculate(false, false);
        }
    }

    private void onNodeInfo(NodeInfo info) {
        Voter known = voters.find(info.node());
        Voter voter = known != null ? known : voters.add(info.node());
        State stateNow = (info.flags() & NodeFlags.LEAVING) != 0 ? State.LEAVING : State.MEMBER;
        boolean changed =
                known == null
                        || info.node().equals(self)
                        || (info.flags() & NodeFlags.FIRST) != 0
                        || voter.votes != info.votes()
                        || voter.flags != info.flags()
                        || voter.state != stateNow;
        int expectedBefore = voter.expectedVotes;
        voter.flags = info.flags();
        voter.votes = info.votes();
        voter.state = stateNow;
        boolean byNodes = stateNow == State.LEAVING;
        boolean mayDecrease = byNodes;
        if (!quorate && voter.has(NodeFlags.QUORATE)) {
            // The quorate partition knows best how many votes there are.
            mayDecrease = true;
            us.expectedVotes = info.expectedVotes();
        }
        voter.expectedVotes =
                voter.has(NodeFlags.QUORATE) || tracking ? info.expectedVotes() : us.expectedVotes;
        if (lastManStanding && voter.votes > 1) {
            port.log(
                    Level.WARNING,
                    "Last Man Standing feature is supported only when all"
                            + "cluster nodes votes are set to 1. Disabling LMS.");
            lastManStanding = false;
            port.cancelTimer(ClusterTimer.LAST_MAN_STANDING);
        }
        if (changed || expectedBefore != voter.expectedVotes) {
            recalculate(mayDecrease, byNodes);
        }
        if (rules.waitForAll()
                && !voter.has(NodeFlags.WAITING_FOR_ALL)
                && voter.has(NodeFlags.QUORATE)) {
            setWaitingForAll(false);
        }
    }

    private void onReconfigure(Reconfigure reconfigure) {
        switch (reconfigure.parameter()) {
            case Reconfigure.EXPECTED_VOTES -> {
                if (reconfigure.value() > 0) {
                    voters.expectOfMembers(reconfigure.value());
                }
                expectedVotesBarrier = reconfigure.value();
                if (tracking) {
                    us.expectedVotes = Math.max(us.expectedVotes, trackedExpectedVotes);
                }
                recalculate(true, false);
            }
            case Reconfigure.NODE_VOTES -> {
                Voter voter = voters.find(reconfigure.node());
                if (voter != null) {
                    voter.votes = reconfigure.value();
                    recalculate(true, false);
                }
            }
            case Reconfigure.CANCEL_WAIT_FOR_ALL -> {
                setWaitingForAll(false);
                port.log(
                        Level.INFO,
                        "wait_for_all_status reset by user on node " + reconfigure.node() + ".");
                recalculate(false, false);
            }
            default -> port.log(Level.WARNING, "Unknown votequorum parameter ignored");
        }
    }

    // ---- rules -------------------------------------------------------------------------------

    private int totalVotes() {
        return voters.membersVotes() + (us.has(NodeFlags.DEVICE_CASTS_VOTE) ? device.votes() : 0);
    }

    /**
     * Works out again how many votes are needed and whether they are here.
     *
     * @param mayDecrease the number needed may fall
     * @param byNodes expected votes follow the nodes that are present (last_man_standing,
     *     downscale)
     */
    private void recalculate(boolean mayDecrease, boolean byNodes) {
        us.expectedVotes = Math.max(us.expectedVotes, voters.membersVotes() + device.votes());
        if (tracking && us.expectedVotes > trackedExpectedVotes) {
            trackedExpectedVotes = us.expectedVotes;
            port.persistExpectedVotes(trackedExpectedVotes);
        }
        int newExpected = byNodes ? voters.members() + (device.votes() > 0 ? 1 : 0) : 0;
        quorum = needed(mayDecrease, newExpected, initial.allowDownscale());
        if (newExpected > 0) {
            voters.expectOfMembers(newExpected);
        }
        decide(totalVotes());
    }

    private int needed(boolean mayDecrease, int newExpected, boolean downscales) {
        int expected = newExpected;
        if (downscales && mayDecrease && expected > 0) {
            expected = Math.max(expectedVotesBarrier, expected);
        }
        if (expected == 0) {
            expected = voters.highestExpected();
        }
        int needed = Math.max((expected + 2) / 2, (totalVotes() + 2) / 2);
        if (!mayDecrease) {
            needed = Math.max(quorum, needed);
        }
        int nodes = voters.members() + (us.has(NodeFlags.DEVICE_CASTS_VOTE) ? 1 : 0);
        return rules.twoNode() && nodes <= 2 ? 1 : needed;
    }

    private void decide(int totalVotes) {
        if (rules.waitForAll() && waitingForAll) {
            if (totalVotes != us.expectedVotes) {
                port.log(
                        Level.NOTICE,
                        "Waiting for all cluster members. Current votes: %d expected_votes: %d"
                                .formatted(totalVotes, us.expectedVotes));
                return;
            }
            setWaitingForAll(false);
        }
        boolean now = quorum <= totalVotes;
        if (now) {
            noteLowestAndHighest();
        } else {
            now = tieBreakerDecidesForUs(totalVotes) || deviceDecidesForUs();
        }
        boolean changed = now != quorate;
        quorate = now;
        us.set(NodeFlags.QUORATE, quorate);
        if (rules.waitForAll()) {
            setWaitingForAll(!quorate);
        }
        if (changed && !syncRuns && !members.isEmpty()) {
            port.quorum(ringId, quorate, members);
        }
    }

    private boolean tieBreakerDecidesForUs(int totalVotes) {
        return rules.tieBreaker().isOn()
                && totalVotes == us.expectedVotes / 2
                // If those that are missing could be quorate, this half must not go on.
                && previousMembers.size() - members.size() < quorum
                && rules.tieBreaker().favours(members, previousMembers, lowestSeen, highestSeen);
    }

    private boolean deviceDecidesForUs() {
        return device.masterWins()
                && voters.anyMemberHas(NodeFlags.DEVICE_MASTER_WINS | NodeFlags.DEVICE_CASTS_VOTE);
    }

    private void noteLowestAndHighest() {
        lowestSeen = self;
        highestSeen = self;
        for (Voter voter : voters.all()) {
            if (voter.state == State.MEMBER) {
                lowestSeen = voter.id.compareTo(lowestSeen) < 0 ? voter.id : lowestSeen;
                highestSeen = voter.id.compareTo(highestSeen) > 0 ? voter.id : highestSeen;
            }
        }
    }

    private void setWaitingForAll(boolean waiting) {
        waitingForAll = waiting;
        us.set(NodeFlags.WAITING_FOR_ALL, waiting);
    }

    // ---- sync step ---------------------------------------------------------------------------

    @Override
    public int id() {
        return ServiceId.VOTEQUORUM;
    }

    @Override
    public void init(List<NodeId> transitional, List<NodeId> newMembers, RingId newRingId) {
        syncRuns = true;
        if (newMembers.size() > 1) {
            us.set(NodeFlags.FIRST, false);
        }
        boolean somebodyLeft = false;
        for (NodeId node : members) {
            if (!newMembers.contains(node)) {
                somebodyLeft = true;
                Voter voter = voters.find(node);
                if (voter != null) {
                    voter.state = State.DEAD;
                }
            }
        }
        if (lastManStanding && lastManStandingApplies(newMembers.size(), somebodyLeft)) {
            port.setTimer(ClusterTimer.LAST_MAN_STANDING, initial.lastManStandingWindowMillis());
        }
        previousMembers = members;
        members = newMembers;
        ringId = newRingId;
        device.onSync();
    }

    private boolean lastManStandingApplies(int present, boolean somebodyLeft) {
        Voter lowest = voters.find(lowestSeen);
        boolean lowestIsHere = lowest != null && lowest.state == State.MEMBER;
        return present >= quorum && somebodyLeft
                || present <= quorum && rules.tieBreaker().isOn() && lowestIsHere;
    }

    @Override
    public void send() {
        port.sendInSync(ownInfo());
        port.sendInSync(deviceInfo());
        device.sendInSync();
    }

    @Override
    public boolean isReady() {
        return !device.isAwaited();
    }

    @Override
    public void activate() {
        recalculate(false, false);
        syncRuns = false;
        port.quorum(ringId, quorate, members);
    }

    @Override
    public void abort() {
        // The next step begins anew.
    }
}

package org.holdfast.totem.quorum;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.QuorumConfig;
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

    private final NodeId self;
    private final Port port;
    private final Voters voters = new Voters();
    private final Voter us;
    private QuorumConfig config;
    private QuorumSettings settings;
    private boolean lastManStanding;
    private int quorum;
    private boolean quorate;
    private boolean waitingForAll;
    private int expectedVotesBarrier;
    private int trackedExpectedVotes;
    private int deviceVotes;
    private boolean syncRuns;
    private List<NodeId> members = List.of();
    private List<NodeId> previousMembers = List.of();
    private NodeId lowestSeen;
    private NodeId highestSeen;
    private RingId ringId = new RingId(new NodeId(0), 0);

    /** What votequorum needs around it. */
    public interface Port {

        /** Sends in the sync step's queue. */
        void sendInSync(VotequorumMessage message);

        /** Sends in the ordinary queue. */
        void send(VotequorumMessage message);

        /** This partition has or has not quorum. */
        void quorum(RingId ringId, boolean quorate, List<NodeId> members);

        /** Sets a timer to a time from now. */
        void setTimer(ClusterTimer timer, int delayMillis);

        /** Logs a line. */
        void log(Level level, String text);
    }

    /** Makes a node that has been in no ring. */
    public Votequorum(ClusterConfig clusterConfig, Port port) {
        this.self = clusterConfig.self();
        this.port = port;
        this.config = clusterConfig.quorum();
        this.settings = QuorumSettings.of(clusterConfig);
        this.lastManStanding = config.lastManStanding();
        this.lowestSeen = self;
        this.highestSeen = self;
        this.us = voters.add(self);
        us.set(NodeFlags.FIRST, true);
        applySettings();
        setWaitingForAll(settings.waitForAll());
        recalculate(false, false);
    }

    private void applySettings() {
        settings.warnings().forEach(line -> port.log(Level.CRITICAL, line));
        us.votes = settings.votes();
        us.expectedVotes =
                tracksExpectedVotes()
                        ? Math.max(settings.expectedVotes(), trackedExpectedVotes)
                        : settings.expectedVotes();
        deviceVotes = settings.deviceVotes();
        expectedVotesBarrier = us.expectedVotes;
    }

    private boolean tracksExpectedVotes() {
        return config.expectedVotesTracking() || config.allowDownscale();
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
                            voter.id, voter.state, voter.votes, voter.expectedVotes));
        }
        return new QuorumStatus(
                quorate,
                ringId,
                us.expectedVotes,
                voters.highestExpected(),
                totalVotes(),
                quorum,
                waitingForAll,
                shown);
    }

    // ---- local requests ----------------------------------------------------------------------

    /** The configuration has been read again. */
    public void reconfigure(ClusterConfig clusterConfig) {
        int votesBefore = us.votes;
        int expectedBefore = us.expectedVotes;
        config = clusterConfig.quorum();
        settings = QuorumSettings.of(clusterConfig);
        applySettings();
        port.send(ownInfo());
        port.send(deviceInfo());
        if (us.votes != votesBefore) {
            port.send(new Reconfigure(self, us.votes, Reconfigure.NODE_VOTES));
        }
        if (us.expectedVotes != expectedBefore) {
            port.send(new Reconfigure(self, us.expectedVotes, Reconfigure.EXPECTED_VOTES));
        }
    }

    /** Sets the expected votes of all nodes. */
    public void setExpectedVotes(int votes) {
        port.send(new Reconfigure(self, votes, Reconfigure.EXPECTED_VOTES));
    }

    /** Sets one node's votes on all nodes. */
    public void setVotes(NodeId node, int votes) {
        port.send(new Reconfigure(node, votes, Reconfigure.NODE_VOTES));
    }

    /** This node leaves: with allow_downscale the others expect its votes no more. */
    public void announceLeave() {
        if (config.allowDownscale()) {
            us.set(NodeFlags.LEAVING, true);
            port.send(ownInfo());
        }
    }

    /** The device answered, or did not in time. */
    public void onDeviceVote(boolean registered, boolean vote) {
        us.set(NodeFlags.DEVICE_REGISTERED, registered);
        us.set(NodeFlags.DEVICE_ALIVE, registered);
        us.set(NodeFlags.DEVICE_CASTS_VOTE, registered && vote);
        recalculate(false, false);
        if (!members.isEmpty()) {
            port.send(ownInfo());
        }
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
        return new NodeInfo(VotequorumMessage.DEVICE, deviceVotes, 0, 0);
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
            case VotequorumMessage.DeviceRegister _,
                    VotequorumMessage.DeviceRename _,
                    VotequorumMessage.DeviceExtraInfo _,
                    VotequorumMessage.Malformed _ -> {
                // Device names are compared where a device registers.
            }
        }
    }

    private void onDeviceInfo(NodeId sender, NodeInfo info) {
        Voter from = voters.find(sender);
        boolean theirsCounts = !quorate && from != null && from.has(NodeFlags.QUORATE);
        int votes = theirsCounts ? info.votes() : Math.max(deviceVotes, info.votes());
        if (votes != deviceVotes) {
            deviceVotes = votes;
            recalculate(false, false);
        }
    }

    private void onNodeInfo(NodeInfo info) {
        Voter known = voters.find(info.node());
        Voter voter = known != null ? known : voters.add(info.node());
        boolean changed =
                known == null
                        || info.node().equals(self)
                        || (info.flags() & NodeFlags.FIRST) != 0
                        || voter.votes != info.votes()
                        || voter.flags != info.flags()
                        || voter.state != State.MEMBER;
        int expectedBefore = voter.expectedVotes;
        voter.flags = info.flags();
        voter.votes = info.votes();
        voter.state = voter.has(NodeFlags.LEAVING) ? State.LEAVING : State.MEMBER;
        boolean mayDecrease = voter.state == State.LEAVING;
        boolean byNodes = mayDecrease;
        if (!quorate && voter.has(NodeFlags.QUORATE)) {
            // The quorate partition knows best how many votes there are.
            mayDecrease = true;
            us.expectedVotes = info.expectedVotes();
        }
        voter.expectedVotes =
                voter.has(NodeFlags.QUORATE) || tracksExpectedVotes()
                        ? info.expectedVotes()
                        : us.expectedVotes;
        if (lastManStanding && voter.votes > 1) {
            port.log(
                    Level.WARNING,
                    "Last Man Standing feature is supported only when all cluster nodes votes are set to 1. Disabling LMS.");
            lastManStanding = false;
        }
        if (changed || expectedBefore != voter.expectedVotes) {
            recalculate(mayDecrease, byNodes);
        }
        if (settings.waitForAll()
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
                if (tracksExpectedVotes()) {
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
                recalculate(false, false);
            }
            default -> port.log(Level.WARNING, "Unknown votequorum parameter ignored");
        }
    }

    // ---- rules -------------------------------------------------------------------------------

    private int totalVotes() {
        return voters.membersVotes() + (us.has(NodeFlags.DEVICE_CASTS_VOTE) ? deviceVotes : 0);
    }

    /**
     * Works out again how many votes are needed and whether they are here.
     *
     * @param mayDecrease the number needed may fall
     * @param byNodes expected votes follow the nodes that are present (last_man_standing,
     *     downscale)
     */
    private void recalculate(boolean mayDecrease, boolean byNodes) {
        int present = voters.membersVotes() + deviceVotes;
        if (present > us.expectedVotes) {
            us.expectedVotes = present;
        }
        if (tracksExpectedVotes()) {
            trackedExpectedVotes = Math.max(trackedExpectedVotes, us.expectedVotes);
        }
        int newExpected = byNodes ? voters.members() + (deviceVotes > 0 ? 1 : 0) : 0;
        quorum = quorumFor(mayDecrease, newExpected);
        if (newExpected > 0) {
            voters.expectOfMembers(newExpected);
        }
        decide(totalVotes());
    }

    private int quorumFor(boolean mayDecrease, int newExpected) {
        int expected = newExpected;
        if (config.allowDownscale() && mayDecrease && expected > 0) {
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
        return settings.twoNode() && nodes <= 2 ? 1 : needed;
    }

    private void decide(int totalVotes) {
        if (settings.waitForAll() && waitingForAll) {
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
            now = tieBreakerDecidesForUs(totalVotes);
        }
        boolean changed = now != quorate;
        quorate = now;
        us.set(NodeFlags.QUORATE, quorate);
        if (settings.waitForAll()) {
            setWaitingForAll(!quorate);
        }
        if (changed && !syncRuns && !members.isEmpty()) {
            port.quorum(ringId, quorate, members);
        }
    }

    private boolean tieBreakerDecidesForUs(int totalVotes) {
        return settings.autoTieBreaker()
                && totalVotes == us.expectedVotes / 2
                // If those that are missing could be quorate, this half must not go on.
                && previousMembers.size() - members.size() < quorum
                && TieBreaker.favours(config, members, previousMembers, lowestSeen, highestSeen);
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
            port.setTimer(ClusterTimer.LAST_MAN_STANDING, config.lastManStandingWindowMillis());
        }
        previousMembers = members;
        members = newMembers;
        ringId = newRingId;
    }

    private boolean lastManStandingApplies(int present, boolean somebodyLeft) {
        Voter lowest = voters.find(lowestSeen);
        boolean lowestIsHere = lowest != null && lowest.state == State.MEMBER;
        return present >= quorum && somebodyLeft
                || present <= quorum && settings.autoTieBreaker() && lowestIsHere;
    }

    @Override
    public void send() {
        port.sendInSync(ownInfo());
        port.sendInSync(deviceInfo());
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

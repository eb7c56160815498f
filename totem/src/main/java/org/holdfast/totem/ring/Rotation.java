package org.holdfast.totem.ring;

import java.util.Iterator;
import org.holdfast.totem.ring.RingStats.Counter;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.OrfToken;
import org.holdfast.wire.totem.RetransmitRequest;

/**
 * What a node does with the token of one ring, visit by visit: resend what others miss, send its
 * own within the window, ask for what it misses, acknowledge. Lives from RECOVERY through
 * OPERATIONAL.
 */
final class Rotation {

    /** So many visits without a message from anybody prove that the window is not full. */
    private static final int STARVED_VISITS_MAX = 10;

    private final Ring ring;
    private final RingLog log;
    private int lastTokenSequence = -1;
    private int lastSequence;
    private int starvedVisits;
    private int previousAru;
    private int transmittedLastTime;
    private int backlogLastTime;
    private int sameAruVisits;
    private boolean hasSent;
    private int lastSent;

    Rotation(Ring ring, RingLog log) {
        this.ring = ring;
        this.log = log;
        this.previousAru = log.aru();
    }

    RingLog log() {
        return log;
    }

    /** Whether the token is this ring's, new and sane. */
    boolean accepts(OrfToken token) {
        if (!token.ringId().equals(log.ringId())) {
            return false;
        }
        if (Sequences.atMost(token.tokenSequence(), lastTokenSequence)) {
            ring.stats().count(Counter.TOKEN_DUPLICATE);
            return false;
        }
        int ahead = token.sequence() - log.aru();
        if (ahead < 0 || ahead >= RingLog.CAPACITY_MAX) {
            ring.stats().count(Counter.RX_MSG_DROPPED);
            return false;
        }
        return true;
    }

    /** Notes that this token has been worked on, so that a copy of it is dropped. */
    void seen(OrfToken token) {
        lastTokenSequence = token.tokenSequence();
    }

    /** Forgets what everybody has had since the token's last visit. */
    void release(int tokenAru) {
        int upTo = Sequences.earlier(Sequences.earlier(tokenAru, previousAru), log.delivered());
        if (Sequences.before(log.released(), upTo)) {
            log.release(upTo);
        }
    }

    /**
     * Resends, sends, asks, acknowledges.
     *
     * @return the token's new content; its token sequence is still the old one
     */
    TokenDraft exchange(OrfToken token, PacketSource source) {
        TokenDraft draft = new TokenDraft(token);
        int aruBefore = previousAru;
        previousAru = token.aru();

        int backlog = source.backlogPackets();
        correctFlowControl(draft, backlog);
        int allowed = transmitsAllowed(draft, backlog);
        int resent = resend(draft, allowed);
        draft.resent = resent;
        requestMissing(draft);
        allowed = limitToWindow(draft, allowed - resent);
        int sent = send(draft, source, allowed);
        account(draft, resent + sent, backlog);
        acknowledge(draft, aruBefore);
        return draft;
    }

    /** Whether the ring's message with this number is this node's own. */
    boolean hasSentLast(int sequence) {
        return hasSent && lastSent == sequence;
    }

    /** Whether so many visits have passed with this node alone holding everybody back. */
    boolean hasFailedToReceive(TokenDraft draft) {
        return sameAruVisits > ring.config().failToReceiveConst()
                && draft.aruNode == ring.self().value();
    }

    /**
     * Nobody counts what was sent but the senders themselves, so a wrong count, from a damaged or
     * forged token, would go round for ever and keep everybody from sending.
     */
    private void correctFlowControl(TokenDraft draft, int backlog) {
        boolean starved =
                backlog > 0
                        && draft.flowControlCount >= ring.config().windowSize()
                        && draft.sequence == lastSequence;
        starvedVisits = starved || draft.flowControlCount < 0 ? starvedVisits + 1 : 0;
        lastSequence = draft.sequence;
        if (starvedVisits > STARVED_VISITS_MAX) {
            starvedVisits = 0;
            draft.flowControlCount = transmittedLastTime;
            draft.backlog = backlogLastTime;
        }
    }

    private int transmitsAllowed(TokenDraft draft, int backlog) {
        int window = ring.config().windowSize();
        int allowed = Math.min(ring.config().maxMessages(), window - draft.flowControlCount);
        int totalBacklog = draft.backlog + backlog - backlogLastTime;
        if (totalBacklog != 0) {
            // Each node's share of the window follows its share of what waits everywhere.
            int share = window * backlogLastTime / totalBacklog;
            if (share > 0) {
                allowed = Math.min(allowed, share);
            }
        }
        return Math.max(0, allowed);
    }

    private int resend(TokenDraft draft, int allowed) {
        int resent = 0;
        Iterator<RetransmitRequest> requests = draft.requests.iterator();
        while (resent < allowed && requests.hasNext()) {
            RetransmitRequest request = requests.next();
            Mcast message =
                    request.ringId().equals(log.ringId()) ? log.get(request.sequence()) : null;
            if (message != null) {
                ring.port().sendToAll(message.frame());
                requests.remove();
                resent++;
            }
        }
        ring.stats().count(Counter.MCAST_RETX, resent);
        return resent;
    }

    private void requestMissing(TokenDraft draft) {
        int missing = log.aru() + 1;
        while (Sequences.atMost(missing, draft.sequence)
                && draft.requests.size() < requestsMax()
                && log.inRange(missing)) {
            if (!log.has(missing)
                    && log.countMiss(missing) >= ring.config().missCountConst()
                    && !isRequested(draft, missing)) {
                draft.requests.add(new RetransmitRequest(log.ringId(), missing));
                ring.stats().count(Counter.RETRANSMIT_REQUESTED);
            }
            missing++;
        }
    }

    /** The token must fit into one IP packet, too. */
    private int requestsMax() {
        int room = ring.config().netMtuBytes() - ring.config().udpIpHeaderBytes();
        return Math.clamp(OrfToken.requestsIn(room), 1, OrfToken.REQUESTS_MAX);
    }

    private static boolean isRequested(TokenDraft draft, int sequence) {
        for (RetransmitRequest request : draft.requests) {
            if (request.sequence() == sequence) {
                return true;
            }
        }
        return false;
    }

    /** Never sends more than everybody is able to keep. */
    private int limitToWindow(TokenDraft draft, int allowed) {
        int last = log.released() + RingLog.CAPACITY_MAX - allowed - ring.config().windowSize();
        return Sequences.before(last, draft.sequence) ? 0 : allowed;
    }

    private int send(TokenDraft draft, PacketSource source, int allowed) {
        int sent = 0;
        while (sent < allowed && source.backlogPackets() > 0) {
            Mcast message = source.nextPacket();
            int sequence = ++draft.sequence;
            if (sequence == 0) {
                ring.stats().count(Counter.SEQUENCE_WRAPPED);
            }
            message.number(log.ringId(), sequence, ring.nextOriginSequence());
            log.add(message);
            ring.port().sendToAll(message.frame());
            hasSent = true;
            lastSent = sequence;
            sent++;
        }
        ring.stats().count(Counter.MCAST_TX, sent);
        return sent;
    }

    private void account(TokenDraft draft, int transmitted, int backlog) {
        draft.flowControlCount += transmitted - transmittedLastTime;
        draft.backlog += backlog - backlogLastTime;
        transmittedLastTime = transmitted;
        backlogLastTime = backlog;
    }

    private void acknowledge(TokenDraft draft, int aruBefore) {
        int self = ring.self().value();
        if (Sequences.before(log.aru(), draft.aru) || draft.aruNode == self || draft.aruNode == 0) {
            draft.aru = log.aru();
            draft.aruNode = draft.aru == draft.sequence ? 0 : self;
        }
        sameAruVisits = draft.aru == aruBefore && draft.aruNode != 0 ? sameAruVisits + 1 : 0;
    }
}

package org.holdfast.totem.ring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ring.RingStats.Counter;
import org.holdfast.wire.totem.CommitToken;
import org.holdfast.wire.totem.OrfToken;
import org.holdfast.wire.totem.TotemCodec;
import org.holdfast.wire.totem.TotemMessage;
import org.jspecify.annotations.Nullable;

/** Passes tokens on to the next member, again if need be; in a ring of one to this node itself. */
final class TokenCourier {

    private final NodeId self;
    private final RingPort port;
    private final RingStats stats;
    private final Deque<TotemMessage> toSelf = new ArrayDeque<>();
    private NodeId target;
    private @Nullable TotemMessage last;

    TokenCourier(NodeId self, RingPort port, RingStats stats) {
        this.self = self;
        this.port = port;
        this.stats = stats;
        this.target = self;
    }

    /** Sends a commit token; all tokens of its ring go the same way. */
    void send(CommitToken token) {
        List<NodeId> nodes = token.nodes();
        target = nodes.get((nodes.indexOf(self) + 1) % nodes.size());
        stats.count(Counter.MEMB_COMMIT_TOKEN_TX);
        carry(token);
    }

    void send(OrfToken token) {
        stats.count(Counter.ORF_TOKEN_TX);
        stats.tokenTimes().went(port.nowNanos());
        carry(token);
    }

    /** Keeps a token for {@link #resend} without sending it now. */
    void remember(OrfToken token) {
        last = token;
    }

    void resend() {
        TotemMessage token = last;
        if (token != null) {
            stats.count(Counter.TOKEN_RETRANSMIT);
            carry(token);
        }
    }

    /** The next token that this node sent to itself, or null. */
    @Nullable TotemMessage pollOwn() {
        return toSelf.poll();
    }

    /** Puts back a token that there was no time for. */
    void pushBackOwn(TotemMessage token) {
        toSelf.addFirst(token);
    }

    private void carry(TotemMessage token) {
        last = token;
        if (target.equals(self)) {
            toSelf.add(token);
        } else {
            port.sendTo(target, TotemCodec.encode(token));
        }
    }
}

package org.holdfast.totem.ring;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.totem.FrameHeader;
import org.holdfast.wire.totem.OrfToken;
import org.holdfast.wire.totem.RetransmitRequest;
import org.holdfast.wire.totem.RingId;

/** The token while it is in this node's hands. */
final class TokenDraft {

    private final RingId ringId;
    final List<RetransmitRequest> requests;
    int tokenSequence;
    int sequence;
    int aru;
    int aruNode;
    int backlog;
    int flowControlCount;
    boolean retransmitFlag;

    /** Messages resent at this visit. */
    int resent;

    TokenDraft(OrfToken token) {
        ringId = token.ringId();
        requests = new ArrayList<>(token.requests());
        tokenSequence = token.tokenSequence();
        sequence = token.sequence();
        aru = token.aru();
        aruNode = token.aruNode();
        backlog = token.backlog();
        flowControlCount = token.flowControlCount();
        retransmitFlag = token.retransmitFlag() != 0;
    }

    OrfToken finish(NodeId from) {
        return new OrfToken(
                FrameHeader.from(from),
                sequence,
                tokenSequence,
                aru,
                aruNode,
                ringId,
                backlog,
                flowControlCount,
                retransmitFlag ? 1 : 0,
                requests);
    }
}

package org.holdfast.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.holdfast.controlapi.ClusterRequest;
import org.holdfast.controlapi.CmapEntry;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ControlAnswer.Reason;
import org.holdfast.controlapi.ControlAnswer.Refused;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.DeviceRequest;
import org.holdfast.totem.QuorumRefusal;
import org.holdfast.transport.client.Operation;
import org.holdfast.transport.client.TextList;
import org.holdfast.wire.totem.RingId;

/**
 * Carries out what programs on this node ask of the cluster layer. Belongs to the loop's thread.
 */
final class ServiceRequests {

    /** Corosync's numbers of outcomes (cs_error_t) by name. */
    private static final Map<String, Integer> CODES = new LinkedHashMap<>();

    private static final int DONE = 1;
    private static final int INVALID = 7;
    private static final int NOT_EXIST = 12;
    private static final int FAILED = 21;

    static {
        CODES.put("CS_ERR_LIBRARY", 2);
        CODES.put("CS_ERR_TRY_AGAIN", 6);
        CODES.put("CS_ERR_INVALID_PARAM", INVALID);
        CODES.put("CS_ERR_NO_MEMORY", 8);
        CODES.put("CS_ERR_ACCESS", 11);
        CODES.put("CS_ERR_NOT_EXIST", NOT_EXIST);
        CODES.put("CS_ERR_NAME_TOO_LONG", 13);
        CODES.put("CS_ERR_EXIST", 14);
        CODES.put("CS_ERR_NAME_NOT_FOUND", 17);
        CODES.put("CS_ERR_MESSAGE_ERROR", 22);
    }

    private final ClusterAccess cluster;
    private final ClusterQueries queries;

    /** What comes back: a code and texts. */
    record Answer(int code, List<String> texts) {}

    ServiceRequests(ClusterAccess cluster, ClusterQueries queries) {
        this.cluster = cluster;
        this.queries = queries;
    }

    /** All keys of the configuration map. */
    List<CmapEntry> allKeys() {
        return queries.cmap();
    }

    /**
     * Carries out a request.
     *
     * @param body the operation's number and its arguments
     */
    Answer answer(byte[] body) {
        try {
            int number = body.length == 0 ? 0 : body[0] & 0xFF;
            if (number < 1 || number > Operation.values().length) {
                return new Answer(INVALID, List.of("no operation " + number));
            }
            List<String> arguments = TextList.decode(ByteBuffer.wrap(body, 1, body.length - 1));
            return answer(Operation.values()[number - 1], arguments);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return new Answer(INVALID, List.of("wrong arguments: " + e.getMessage()));
        }
    }

    private Answer answer(Operation operation, List<String> arguments) {
        return switch (operation) {
            case CMAP_GET -> get(arguments.get(0));
            case CMAP_LIST -> ask(new ClusterRequest.CmapQuery(arguments.get(0)));
            case CMAP_SET ->
                    ask(
                            new ClusterRequest.CmapSet(
                                    new CmapEntry(
                                            arguments.get(0), arguments.get(1), arguments.get(2))));
            case CMAP_DELETE -> ask(new ClusterRequest.CmapDelete(arguments.get(0)));
            case VOTES -> ask(new ClusterRequest.QuorumQuery());
            case SET_EXPECTED_VOTES ->
                    ask(new ClusterRequest.SetExpectedVotes(Integer.parseInt(arguments.get(0))));
            case SET_VOTES ->
                    ask(
                            new ClusterRequest.SetVotes(
                                    Integer.parseUnsignedInt(arguments.get(0)),
                                    Integer.parseInt(arguments.get(1))));
            case RELOAD -> ask(new ClusterRequest.ReloadConfiguration());
            case KILL_NODE ->
                    ask(
                            new ClusterRequest.KillNode(
                                    Integer.parseUnsignedInt(arguments.get(0)), arguments.get(1)));
            case NODES -> ask(new ClusterRequest.LinkQuery());
            case DEVICE_REGISTER -> device(new DeviceRequest.Register(deviceName(arguments)));
            case DEVICE_UNREGISTER -> device(new DeviceRequest.Unregister(deviceName(arguments)));
            case DEVICE_POLL ->
                    device(
                            new DeviceRequest.Poll(
                                    deviceName(arguments),
                                    arguments.get(1).equals("yes"),
                                    new RingId(
                                            new NodeId(Integer.parseUnsignedInt(arguments.get(2))),
                                            Long.parseUnsignedLong(arguments.get(3)))));
            case DEVICE_RENAME ->
                    device(
                            new DeviceRequest.Rename(
                                    deviceName(arguments),
                                    deviceName(arguments.subList(1, arguments.size()))));
            case DEVICE_MASTER_WINS ->
                    device(
                            new DeviceRequest.MasterWins(
                                    deviceName(arguments), arguments.get(1).equals("yes")));
        };
    }

    private static String deviceName(List<String> arguments) {
        String name = arguments.get(0);
        if (name.isEmpty() || name.length() > 254) {
            throw new IllegalArgumentException("a device's name has 1 to 254 characters");
        }
        return name;
    }

    private Answer device(DeviceRequest request) {
        Optional<QuorumRefusal> refusal = cluster.layer().checkDevice(request);
        if (refusal.isPresent()) {
            return refused(refusal.get().text());
        }
        cluster.step(new ClusterInput.QuorumDevice(request));
        return new Answer(DONE, List.of());
    }

    private Answer get(String key) {
        Answer all = ask(new ClusterRequest.CmapQuery(key));
        return all.texts().size() >= 3 && all.texts().getFirst().equals(key)
                ? new Answer(DONE, List.copyOf(all.texts().subList(1, 3)))
                : refused("CS_ERR_NOT_EXIST");
    }

    private Answer ask(ClusterRequest<?> request) {
        ControlAnswer answer = queries.answer(request);
        return switch (answer) {
            case Refused refused when refused.reason() == Reason.INVALID ->
                    new Answer(
                            CODES.getOrDefault(refused.message(), INVALID),
                            List.of(refused.message()));
            case Refused refused -> refused(refused.message());
            case ControlAnswer.CmapEntries found -> {
                List<String> texts = new ArrayList<>();
                for (CmapEntry entry : found.entries()) {
                    texts.addAll(List.of(entry.key(), entry.type(), entry.value()));
                }
                yield new Answer(DONE, texts);
            }
            case ControlAnswer.QuorumStatus status -> new Answer(DONE, votes(status));
            case ControlAnswer.LinkStatus status -> {
                List<String> texts = new ArrayList<>();
                status.links()
                        .getFirst()
                        .peers()
                        .forEach(peer -> {
                            texts.add(Integer.toUnsignedString(peer.id()));
                            texts.add(peer.address());
                            texts.add(peer.connected() ? "yes" : "no");
                        });
                yield new Answer(DONE, texts);
            }
            default -> new Answer(DONE, List.of());
        };
    }

    private static Answer refused(String text) {
        return new Answer(CODES.getOrDefault(text, FAILED), List.of(text));
    }

    private static List<String> votes(ControlAnswer.QuorumStatus status) {
        List<String> texts = new ArrayList<>();
        texts.add(status.quorate() ? "yes" : "no");
        texts.add(Integer.toString(status.expectedVotes()));
        texts.add(Integer.toString(status.highestExpected()));
        texts.add(Integer.toString(status.totalVotes()));
        texts.add(Integer.toString(status.quorumVotes()));
        texts.add(String.join(" ", status.flags()));
        texts.add(Integer.toUnsignedString(status.ring().representative()));
        texts.add(Long.toUnsignedString(status.ring().sequence()));
        for (ControlAnswer.QuorumMember member : status.members()) {
            texts.add(Integer.toUnsignedString(member.id()));
            texts.add(Integer.toString(member.votes()));
            texts.add(member.name());
        }
        return texts;
    }
}

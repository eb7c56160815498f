package org.holdfast.totem.quorum;

import java.util.Optional;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.DeviceRequest;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.QuorumRefusal;
import org.holdfast.totem.quorum.Voters.Voter;
import org.holdfast.wire.totem.RingId;
import org.holdfast.wire.votequorum.NodeFlags;
import org.holdfast.wire.votequorum.VotequorumMessage.DeviceRegister;
import org.holdfast.wire.votequorum.VotequorumMessage.DeviceRename;

/**
 * The quorum device of this node: a program that judges each ring and gives its votes to one
 * partition. All nodes' devices go by one name.
 */
final class QuorumDevice {

    private static final int ALL_FLAGS =
            NodeFlags.DEVICE_REGISTERED
                    | NodeFlags.DEVICE_ALIVE
                    | NodeFlags.DEVICE_CASTS_VOTE
                    | NodeFlags.DEVICE_MASTER_WINS;
    private static final int UNREGISTER = 0;
    private static final int REGISTER = 1;

    private final Voter us;
    private final Votequorum.Port port;
    private final Runnable tellOwnState;
    private final Runnable tellDeviceVotes;
    private QuorumConfig.Device timeouts =
            new QuorumConfig.Device(
                    0,
                    QuorumConfig.Device.DEFAULT_TIMEOUT_MILLIS,
                    QuorumConfig.Device.DEFAULT_SYNC_TIMEOUT_MILLIS);
    private String name = "";
    private int votes;
    private boolean mayOperate = true;
    private boolean masterWins;
    private boolean registering;
    private boolean timerRuns;
    private boolean awaited;

    QuorumDevice(Voter us, Votequorum.Port port, Runnable tellOwnState, Runnable tellDeviceVotes) {
        this.us = us;
        this.port = port;
        this.tellOwnState = tellOwnState;
        this.tellDeviceVotes = tellDeviceVotes;
    }

    void configure(QuorumRules rules, Optional<QuorumConfig.Device> configured) {
        configured.ifPresent(device -> timeouts = device);
        if (configured.isEmpty()) {
            votes = 0;
        } else if (rules.deviceVotes() >= 0) {
            votes = rules.deviceVotes();
        }
        if (configured.isPresent() || !rules.deviceMayOperate()) {
            mayOperate = rules.deviceMayOperate();
        }
    }

    String name() {
        return name;
    }

    int votes() {
        return votes;
    }

    void setVotes(int newVotes) {
        votes = newVotes;
    }

    boolean mayOperate() {
        return mayOperate;
    }

    boolean masterWins() {
        return masterWins;
    }

    boolean isRegistered() {
        return us.has(NodeFlags.DEVICE_REGISTERED);
    }

    // ---- requests of this node's device --------------------------------------------------------

    /** Why a request would be refused now; empty if it would be obeyed. */
    Optional<QuorumRefusal> check(DeviceRequest request, RingId ringId) {
        boolean ours = request.name().equals(name);
        if (!mayOperate
                && !(request instanceof DeviceRequest.Unregister)
                && !(request instanceof DeviceRequest.Rename)) {
            return Optional.of(QuorumRefusal.ACCESS);
        }
        if (request instanceof DeviceRequest.Register) {
            if (!name.isEmpty() && !ours) {
                return Optional.of(QuorumRefusal.EXISTS);
            }
            return registering ? Optional.of(QuorumRefusal.TRY_AGAIN) : Optional.empty();
        }
        if (!isRegistered()) {
            return Optional.of(QuorumRefusal.NOT_THERE);
        }
        if (request instanceof DeviceRequest.Poll poll && !poll.ringId().equals(ringId)) {
            return Optional.of(QuorumRefusal.WRONG_RING);
        }
        return ours ? Optional.empty() : Optional.of(QuorumRefusal.INVALID_PARAMETER);
    }

    /** Obeys a request that passed the check. */
    void obey(DeviceRequest request) {
        switch (request) {
            case DeviceRequest.Register _ -> {
                if (!isRegistered()) {
                    registering = true;
                    port.send(new DeviceRegister(REGISTER, request.name()));
                }
            }
            case DeviceRequest.Unregister _ -> {
                stopTimer();
                awaited = false;
                us.set(ALL_FLAGS, false);
                tellOwnState.run();
                port.send(new DeviceRegister(UNREGISTER, request.name()));
            }
            case DeviceRequest.Rename rename ->
                    port.send(new DeviceRename(rename.name(), rename.newName()));
            case DeviceRequest.Poll poll -> {
                int before = us.flags;
                us.set(NodeFlags.DEVICE_ALIVE, true);
                us.set(NodeFlags.DEVICE_CASTS_VOTE, poll.vote());
                if (us.flags != before) {
                    tellOwnState.run();
                }
                startTimer(timeouts.timeoutMillis());
                awaited = false;
            }
            case DeviceRequest.MasterWins wins -> {
                int before = us.flags;
                us.set(NodeFlags.DEVICE_MASTER_WINS, wins.allowed());
                if (us.flags != before) {
                    tellOwnState.run();
                }
                masterWins = wins.allowed();
            }
        }
    }

    private void startTimer(int millis) {
        timerRuns = true;
        port.setTimer(ClusterTimer.QUORUM_DEVICE, millis);
    }

    private void stopTimer() {
        if (timerRuns) {
            timerRuns = false;
            port.cancelTimer(ClusterTimer.QUORUM_DEVICE);
        }
    }

    /** The device has not answered in time. */
    void onTimer() {
        if (!timerRuns || !us.has(NodeFlags.DEVICE_ALIVE)) {
            return;
        }
        us.set(NodeFlags.DEVICE_ALIVE | NodeFlags.DEVICE_CASTS_VOTE, false);
        port.log(Level.INFO, "lost contact with quorum device " + name);
        tellOwnState.run();
        timerRuns = false;
        awaited = false;
    }

    // ---- other nodes' devices -------------------------------------------------------------------

    void onRegister(boolean fromUs, DeviceRegister message, boolean anyoneRegistered) {
        if (message.operation() != REGISTER) {
            if (message.operation() == UNREGISTER && !anyoneRegistered) {
                name = "";
            }
            return;
        }
        if (!fromUs) {
            if (name.isEmpty()) {
                name = message.name();
            }
            return;
        }
        if (isRegistered() || !registering) {
            return;
        }
        registering = false;
        if (name.isEmpty()) {
            name = message.name();
        }
        if (name.equals(message.name())) {
            us.set(NodeFlags.DEVICE_REGISTERED, true);
            tellDeviceVotes.run();
            tellOwnState.run();
        } else {
            port.log(
                    Level.WARNING,
                    "A new qdevice with different name (new: %s old: %s) is trying to register!"
                            .formatted(message.name(), name));
        }
    }

    void onRename(DeviceRename message) {
        if (message.oldName().equals(name)) {
            name = message.newName();
        }
    }

    // ---- sync step ------------------------------------------------------------------------------

    /** A new ring waits for the device's answer about it, if one was there. */
    void onSync() {
        awaited = false;
        if (isRegistered() && us.has(NodeFlags.DEVICE_ALIVE)) {
            awaited = true;
            startTimer(timeouts.syncTimeoutMillis());
            port.log(
                    Level.INFO,
                    "waiting for quorum device %s poll (but maximum for %d ms)"
                            .formatted(name, timeouts.syncTimeoutMillis()));
        }
    }

    void sendInSync() {
        if (!name.isEmpty()) {
            port.sendInSync(new DeviceRegister(REGISTER, name));
        }
    }

    boolean isAwaited() {
        return awaited && isRegistered();
    }
}

package org.holdfast.manager.assembly;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.Schemas;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.kernel.EffectSink;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerConfig;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerInput;
import org.holdfast.manager.ManagerInput.GroupMember;
import org.holdfast.manager.ManagerTimer;
import org.holdfast.manager.attributes.AttributeManager;
import org.holdfast.manager.cibsync.CibListener;
import org.holdfast.manager.cibsync.CibReplica;
import org.holdfast.manager.cibsync.EngineApplier;
import org.holdfast.manager.controller.Controller;
import org.holdfast.manager.fencer.Fencer;
import org.holdfast.manager.messages.Group;
import org.holdfast.manager.messages.NodeContext;
import org.holdfast.wire.pacemaker.MalformedFrameException;
import org.holdfast.wire.pacemaker.PacemakerFrame;
import org.jspecify.annotations.Nullable;

/**
 * The resource manager of one node. Pure: same configuration and same inputs at the same times give
 * the same effects.
 *
 * <p>Not thread-safe; one driver owns it. The driver calls {@link #start} once, then {@link #step}
 * for every input, and carries out the effects of a call in their order before the next call.
 */
public final class Manager {

    private static final String EMPTY_SCHEMA = "pacemaker-4.0";

    private final NodeContext node;
    private final CibReplica cib;
    private final AttributeManager attributes;
    private final Fencer fencer;
    private final Controller controller;
    private final ControlDesk desk;

    /** A manager that has not started and that checks no schemas. */
    public Manager(ManagerConfig config) {
        this(config, Schemas.NONE);
    }

    /**
     * A manager that has not started.
     *
     * @param config who this node is
     * @param schemas what changes of the CIB are checked against
     */
    public Manager(ManagerConfig config, Schemas schemas) {
        this.node = new NodeContext(config);
        this.cib =
                new CibReplica(
                        node,
                        new EngineApplier(schemas),
                        initialCib(config.cibOnDisk()),
                        new ChangeRouter());
        this.attributes = new AttributeManager(node, cib);
        this.fencer = new Fencer(node, this::onFenced);
        this.controller = new Controller(node, cib, attributes, fencer);
        this.desk = new ControlDesk(node, cib, attributes, controller, fencer);
    }

    private static Element initialCib(@Nullable Element onDisk) {
        if (onDisk == null) {
            return Element.of(
                            "cib",
                            "crm_feature_set",
                            "3.20.5",
                            "validate-with",
                            EMPTY_SCHEMA,
                            "admin_epoch",
                            "0",
                            "epoch",
                            "0",
                            "num_updates",
                            "0")
                    .withChildren(
                            List.of(
                                    Element.of("configuration")
                                            .withChildren(
                                                    List.of(
                                                            Element.of("crm_config"),
                                                            Element.of("nodes"),
                                                            Element.of("resources"),
                                                            Element.of("constraints"))),
                                    Element.of("status")));
        }
        // Without the status that they count, the file's updates mean nothing.
        Element bare = onDisk.without("dc-uuid").without("have-quorum").with("num_updates", "0");
        return bare.first("status") == null
                ? bare.append(Element.of("status"))
                : bare.mapElements(
                        child -> child.name().equals("status") ? Element.of("status") : child);
    }

    /**
     * Joins the groups and starts the node's work.
     *
     * @param nowNanos monotonic time in nanoseconds
     * @param wallMillis wall time in milliseconds since 1970 UTC
     */
    public void start(long nowNanos, long wallMillis, EffectSink<ManagerEffect> out) {
        node.begin(nowNanos, wallMillis, out);
        cib.start();
        attributes.start();
        fencer.start();
        controller.start();
    }

    /**
     * Takes one input.
     *
     * @param nowNanos monotonic time in nanoseconds, never lower than in the call before
     * @param wallMillis wall time in milliseconds since 1970 UTC; may jump
     * @param input what happened
     * @param out takes the effects
     */
    public void step(
            long nowNanos, long wallMillis, ManagerInput input, EffectSink<ManagerEffect> out) {
        node.begin(nowNanos, wallMillis, out);
        switch (input) {
            case ManagerInput.GroupMessage message -> onMessage(message);
            case ManagerInput.GroupMembership change -> onMembership(change);
            case ManagerInput.QuorumChanged change -> controller.onQuorum(change);
            case ManagerInput.AgentResult result -> controller.onAgentResult(result);
            case ManagerInput.AgentDescribed(long call, String metadata) ->
                    controller.onAgentDescribed(call, metadata);
            case ManagerInput.TimerFired(ManagerTimer timer) -> {
                if (cib.onTimer(timer)) {
                    controller.onStepEnd();
                } else if (!controller.onTimer(timer)
                        && !attributes.onTimer(timer)
                        && !desk.onTimer(timer)) {
                    node.log(LogEvent.Level.DEBUG, "manager", "Late timer " + timer.purpose());
                }
            }
            case ManagerInput.ControlRequested asked -> desk.onRequest(asked);
            case ManagerInput.Persisted(long ticket) -> cib.onPersisted(ticket);
            case ManagerInput.TransitionPlanned(int id, Element graph) ->
                    controller.onPlanned(id, graph);
            case ManagerInput.PlanningFailed(int id, String why) ->
                    controller.onPlanningFailed(id, why);
            case ManagerInput.Shutdown() -> controller.shutDown();
        }
    }

    private void onMembership(ManagerInput.GroupMembership change) {
        Group group = Group.named(change.group());
        if (group != null) {
            node.onMembership(group, change.left());
        }
        switch (group) {
            case CIB -> cib.onMembership(change);
            case ATTRIBUTES -> attributes.onMembership(change);
            case CONTROLLER -> controller.onMembership(change);
            case FENCER -> {
                // its history needs no members
            }
            case null -> {
                // not one of ours
            }
        }
    }

    private void onMessage(ManagerInput.GroupMessage input) {
        Group group = Group.named(input.group());
        if (group == null) {
            return;
        }
        GroupMember sender = new GroupMember(input.sender(), input.pid());
        Element message;
        try {
            PacemakerFrame frame = PacemakerFrame.decode(input.bytes());
            if (frame.compressed()) {
                throw new MalformedFrameException("compressed messages are not read yet");
            }
            byte[] text = node.textOf(group, sender, frame);
            String target = frame.target().nodeName();
            if (text == null || !target.isEmpty() && !target.equals(node.selfName())) {
                return;
            }
            message = XmlParser.parse(text);
        } catch (MalformedFrameException | XmlSyntaxException e) {
            node.log(
                    LogEvent.Level.WARNING,
                    "manager",
                    "Ignoring a message of node %s in group %s: %s"
                            .formatted(input.sender(), input.group(), e.getMessage()));
            return;
        }
        switch (group) {
            case CIB -> {
                cib.onMessage(sender, message);
                controller.onStepEnd();
            }
            case ATTRIBUTES -> {
                attributes.onMessage(sender, message);
                controller.onStepEnd();
            }
            case CONTROLLER -> controller.onMessage(sender, message);
            case FENCER -> fencer.onMessage(sender, message);
        }
    }

    private void onFenced(NodeId target) {
        controller.onFenced(target);
    }

    /** This node's copy of the CIB, for observers such as tests and simulators. */
    public Element cib() {
        return cib.current();
    }

    /** Whether this node's copy is in step with those of all members of its partition. */
    public boolean isCibInStep() {
        return cib.isInStep();
    }

    /** The controller's state by Pacemaker's name, for observers. */
    public String controllerState() {
        return controller.stateName();
    }

    /** The DC's name as this node knows it, or null, for observers. */
    public @Nullable String dc() {
        return controller.dcName();
    }

    /** A transient attribute's values by node, for observers. */
    public Map<NodeId, String> attributeValues(String name) {
        SortedMap<NodeId, String> values = attributes.values(name);
        Map<NodeId, String> present = new LinkedHashMap<>();
        if (values != null) {
            values.forEach((host, value) -> {
                if (attributes.hasValue(name, host)) {
                    present.put(host, value);
                }
            });
        }
        return present;
    }

    /** Passes the CIB's changes on to the parts that live on them. */
    private final class ChangeRouter implements CibListener {

        @Override
        public void cibChanged(Element before, Element after) {
            controller.onCibChanged(before, after);
            if (before.first("status") != after.first("status")) {
                attributes.cibChanged();
            }
        }

        @Override
        public void cibInStep(boolean replaced) {
            controller.onCibInStep(replaced);
            attributes.cibChanged();
        }
    }
}

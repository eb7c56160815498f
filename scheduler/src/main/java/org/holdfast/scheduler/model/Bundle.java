package org.holdfast.scheduler.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** A container image with replicas, addresses and at most one resource inside each. */
public final class Bundle extends Resource {

    /** A part of the file system that the container sees. */
    public record Mount(
            String source, String target, @Nullable String options, boolean subdirectory) {}

    /** A port that is forwarded into the container. */
    public record Port(String source, String target) {}

    /** {@code docker} or {@code podman}. */
    public String containerAgent = "docker";

    public int promotedMax;
    public int replicaCount;
    public int replicasPerHost;
    public String image = "";
    public @Nullable String hostNetwork;
    public @Nullable String hostNetmask;
    public @Nullable String controlPort;
    public @Nullable String containerNetwork;
    public @Nullable String ipRangeStart;
    public @Nullable String lastIp;
    public boolean addHost = true;
    public String containerHostOptions = "";
    public @Nullable String containerCommand;
    public @Nullable String launcherOptions;
    public @Nullable String attributeTarget;

    /** The implicit clone of the contained resource, or null. */
    public @Nullable Resource child;

    public final List<Replica> replicas = new ArrayList<>();
    public final List<Port> ports = new ArrayList<>();
    public final List<Mount> mounts = new ArrayList<>();

    public Bundle(
            Cluster cluster,
            String id,
            Element xml,
            Element originalXml,
            @Nullable Resource parent) {
        super(cluster, id, xml, originalXml, parent);
    }

    /** Nodes where containers are active, each once. */
    ActiveNodes activeNodes() {
        List<Primitive> containers = new ArrayList<>();
        for (Replica replica : replicas) {
            if (replica.container != null && !replica.container.active.isEmpty()) {
                containers.add(replica.container);
            }
        }
        if (containers.size() == 1) {
            return ActiveNodes.of(containers.getFirst());
        }
        Set<Node> nodes = new LinkedHashSet<>();
        for (Primitive container : containers) {
            nodes.addAll(container.active);
        }
        return ActiveNodes.of(this, List.copyOf(nodes));
    }

    @Override
    public @Nullable Node activeNode() {
        return activeNodes().chosen();
    }

    /** A bundle as a whole has no role. */
    @Override
    public Role state(boolean current) {
        return Role.UNKNOWN;
    }

    @Override
    public boolean isActive(boolean all) {
        for (Replica replica : replicas) {
            for (@Nullable Resource part :
                    new @Nullable Resource[] {
                        replica.ip, replica.child, replica.container, replica.remote
                    }) {
                if (part != null && part.isActive(all) != all) {
                    return !all;
                }
            }
        }
        return all;
    }

    @Override
    public int maxPerNode() {
        return replicasPerHost;
    }
}

package org.holdfast.scheduler.unpack;

import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.value.XmlIds;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.jspecify.annotations.Nullable;

/** Reads a bundle: its settings, the clone of what is inside, and its replicas. */
final class BundleReader {

    /** The port that pacemaker_remote listens on unless the bundle says otherwise. */
    static final String REMOTE_PORT = "3121";

    private static final String AUTHENTICATION_KEY = "/etc/pacemaker/authkey";
    private static final String LOG_DIRECTORY = "/var/log/pacemaker/bundles";

    private final Bundle bundle;
    private boolean mountsLogs;

    BundleReader(Bundle bundle) {
        this.bundle = bundle;
    }

    boolean read() {
        Element runtime = bundle.xml.first("docker");
        if (runtime == null) {
            runtime = bundle.xml.first("podman");
        }
        if (runtime == null) {
            return false;
        }
        bundle.containerAgent = runtime.name();
        readRuntime(runtime);
        Element network = bundle.xml.first("network");
        if (network != null) {
            readNetwork(network);
        }
        Element storage = bundle.xml.first("storage");
        if (storage != null) {
            readStorage(storage);
        }
        Element inside = bundle.xml.first("primitive");
        StringBuilder hosts = new StringBuilder();
        if (inside == null) {
            for (int i = 0; i < bundle.replicaCount; i++) {
                addReplica(new Replica(i), hosts);
            }
        } else if (!readInside(inside, hosts)) {
            return false;
        }
        bundle.containerHostOptions = hosts.toString();
        return createReplicaResources();
    }

    private void readRuntime(Element runtime) {
        bundle.promotedMax = Values.atLeast(runtime.get("promoted-max"), 0);
        String replicas = runtime.get("replicas");
        bundle.replicaCount =
                replicas == null && bundle.promotedMax > 0
                        ? bundle.promotedMax
                        : Values.atLeast(replicas, 1);
        bundle.replicasPerHost = Values.atLeast(runtime.get("replicas-per-host"), 1);
        if (bundle.replicasPerHost == 1) {
            bundle.clear(ResourceFlag.UNIQUE);
        }
        bundle.containerCommand = runtime.get("run-command");
        bundle.launcherOptions = runtime.get("options");
        bundle.image = runtime.getOr("image", "");
        bundle.containerNetwork = runtime.get("network");
    }

    private void readNetwork(Element network) {
        bundle.ipRangeStart = network.get("ip-range-start");
        bundle.hostNetmask = network.get("host-netmask");
        bundle.hostNetwork = network.get("host-interface");
        bundle.controlPort = network.get("control-port");
        bundle.addHost = !Boolean.FALSE.equals(Values.bool(network.get("add-host")));
        for (Element mapping : network.elements("port-mapping")) {
            String source = mapping.get("port");
            String target = source == null ? null : mapping.get("internal-port");
            if (source == null) {
                source = mapping.get("range");
            }
            if (source == null || source.isEmpty()) {
                bundle.cluster.configError("Invalid port directive " + mapping.id());
            } else {
                bundle.ports.add(new Bundle.Port(source, target == null ? source : target));
            }
        }
    }

    private void readStorage(Element storage) {
        for (Element mapping : storage.elements("storage-mapping")) {
            String source = mapping.get("source-dir");
            boolean subdirectory = source == null;
            if (source == null) {
                source = mapping.get("source-dir-root");
            }
            String target = mapping.get("target-dir");
            if (source == null || target == null) {
                bundle.cluster.configError("Invalid mount directive " + mapping.id());
                continue;
            }
            bundle.mounts.add(
                    new Bundle.Mount(source, target, mapping.get("options"), subdirectory));
            mountsLogs |= target.equals("/var/log");
        }
    }

    /** Whether there is a way to reach what is inside. */
    private boolean hasNetwork() {
        if (bundle.ipRangeStart != null) {
            return true;
        }
        if (bundle.controlPort == null) {
            return false;
        }
        if (bundle.replicasPerHost > 1) {
            bundle.cluster.configError(
                    "Specifying the 'control-port' for "
                            + bundle.id
                            + " requires 'replicas-per-host=1'");
            bundle.replicasPerHost = 1;
        }
        return true;
    }

    private boolean readInside(Element inside, StringBuilder hosts) {
        if (!hasNetwork()) {
            bundle.cluster.configError(
                    "Cannot control "
                            + bundle.id
                            + " inside "
                            + inside.id()
                            + " without either ip-range-start or control-port");
            return false;
        }
        Resource child = ResourceReader.read(bundle.cluster, implicitClone(inside), bundle);
        if (child == null) {
            return false;
        }
        bundle.child = child;
        bundle.mounts.add(new Bundle.Mount(AUTHENTICATION_KEY, AUTHENTICATION_KEY, null, false));
        if (!mountsLogs) {
            bundle.mounts.add(new Bundle.Mount(LOG_DIRECTORY, "/var/log", null, true));
        }
        String port = bundle.controlPort == null ? REMOTE_PORT : bundle.controlPort;
        bundle.ports.add(new Bundle.Port(port, port));
        int offset = 0;
        for (Resource instance : child.children) {
            Replica replica = new Replica(offset++);
            replica.child = instance;
            instance.set(ResourceFlag.EXCLUSIVE_PROBES);
            if (instance.is(ResourceFlag.NOTIFY)) {
                child.set(ResourceFlag.NOTIFY);
            }
            addReplica(replica, hosts);
            bundle.attributeTarget = instance.meta("container-attribute-target");
        }
        if (bundle.attributeTarget != null) {
            bundle.meta.put("container-attribute-target", bundle.attributeTarget);
            child.meta.put("container-attribute-target", bundle.attributeTarget);
        }
        return true;
    }

    private Element implicitClone(Element inside) {
        // Names with "master" are older than promotable clones; keeping them avoids restarts.
        String suffix = bundle.promotedMax > 0 ? "master" : "clone";
        Element.Builder clone =
                Element.builder("clone")
                        .attribute("id", XmlIds.sanitized(bundle.id + "-" + suffix));
        boolean promotable = bundle.promotedMax > 0;
        clone.child(
                ImplicitXml.set(
                        "meta_attributes",
                        bundle.id + "-clone-meta",
                        "ordered",
                        "true",
                        "clone-max",
                        Integer.toString(bundle.replicaCount),
                        "clone-node-max",
                        Integer.toString(bundle.replicasPerHost),
                        "globally-unique",
                        Boolean.toString(bundle.replicasPerHost > 1),
                        "promotable",
                        promotable ? "true" : null,
                        "promoted-max",
                        promotable ? Integer.toString(bundle.promotedMax) : null));
        return clone.child(inside).build();
    }

    private void addReplica(Replica replica, StringBuilder hosts) {
        bundle.replicas.add(replica);
        if (bundle.ipRangeStart == null) {
            return;
        }
        String address =
                bundle.lastIp == null ? bundle.ipRangeStart : BundleAddresses.after(bundle.lastIp);
        replica.ipAddress = address;
        bundle.lastIp = address;
        if (bundle.addHost) {
            hosts.append(" --add-host=")
                    .append(bundle.id)
                    .append('-')
                    .append(replica.offset)
                    .append(':')
                    .append(address);
        } else {
            hosts.append(" --hosts-entry=")
                    .append(address)
                    .append('=')
                    .append(bundle.id)
                    .append('-')
                    .append(replica.offset);
        }
    }

    private boolean createReplicaResources() {
        ReplicaReader reader = new ReplicaReader(bundle);
        for (Replica replica : bundle.replicas) {
            if (!reader.create(replica)) {
                bundle.cluster.configError("Failed unpacking resource " + bundle.id);
                return false;
            }
            moveUtilization(replica);
        }
        if (bundle.child instanceof Clone clone) {
            bundle.children.add(clone);
        }
        return true;
    }

    /** What is inside cannot be limited by its own node, so its utilization is the container's. */
    private static void moveUtilization(Replica replica) {
        @Nullable Resource inside = replica.child;
        if (inside != null) {
            Map<String, String> before = new LinkedHashMap<>(replica.containerOf().utilization);
            replica.containerOf().utilization.clear();
            replica.containerOf().utilization.putAll(inside.utilization);
            inside.utilization.clear();
            inside.utilization.putAll(before);
        }
    }
}

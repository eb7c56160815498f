package org.holdfast.tools.attribute;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.crm.frame.Invocation;
import org.jspecify.annotations.Nullable;

/** The name of the node that a command runs on. */
public final class LocalNode {

    private LocalNode() {}

    /** What the cluster told an agent that it runs, or null. */
    static @Nullable String fromEnvironment(Invocation call) {
        String host = call.environment("OCF_RESKEY_CRM_meta_physical_host");
        String target = call.environment("OCF_RESKEY_CRM_meta_container_attribute_target");
        if (host != null && "host".equalsIgnoreCase(target)) {
            return host;
        }
        return call.environment("OCF_RESKEY_CRM_meta_on_node");
    }

    /** The name, or null if it cannot be found out. */
    static @Nullable String name(Invocation call) {
        String told = fromEnvironment(call);
        if (told != null) {
            return told;
        }
        return call.environment("CIB_file") == null
                ? fromCluster(call.context())
                : hostName(call.context());
    }

    /** What {@code crm_node -n} answers; empty without a cluster. */
    static String told(ToolContext context) {
        String here = context.environment().get("OCF_RESKEY_CRM_meta_on_node");
        String name = here == null ? fromCluster(context) : here;
        return name == null ? "" : name;
    }

    /** The name by which the cluster knows this node, or null without a cluster. */
    public static @Nullable String fromCluster(ToolContext context) {
        ClusterConnection cluster = context.cluster();
        if (cluster == null) {
            return null;
        }
        try {
            return cluster.call(new ManagerRequest.ControllerQuery(), Duration.ofSeconds(10))
                    .localNode();
        } catch (RequestRefused e) {
            return null;
        }
    }

    private static @Nullable String hostName(ToolContext context) {
        try {
            byte[] name = context.files().read("/proc/sys/kernel/hostname");
            return new String(name, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return null;
        }
    }
}

package org.holdfast.agents;

import java.util.LinkedHashMap;
import java.util.Map;

/** The environment that an OCF agent sees; the same variables that Pacemaker's executor sets. */
final class AgentEnvironment {

    static final String EXIT_REASON_PREFIX = "ocf-exit-reason:";

    private static final String DEFAULT_PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /**
     * Directory of the cluster's commands, if it is not a system directory: agents call them, and
     * another cluster software's may be installed as well.
     */
    static final String COMMANDS_VARIABLE = "HOLDFAST_COMMANDS";

    private final AgentPlaces places;
    private final Map<String, String> own;

    /**
     * @param places where agents are
     * @param own the daemon's environment, of which agents inherit what is not ours alone
     */
    AgentEnvironment(AgentPlaces places, Map<String, String> own) {
        this.places = places;
        this.own = own;
    }

    Map<String, String> of(AgentCall call) {
        Map<String, String> environment = new LinkedHashMap<>();
        own.forEach((name, value) -> {
            if (!name.startsWith("OCF_")
                    && !name.startsWith("JAVA_")
                    && !name.startsWith("JDK_JAVA_")
                    && !name.equals("NOTIFY_SOCKET")) {
                environment.put(name, value);
            }
        });
        environment.putIfAbsent("PATH", DEFAULT_PATH);
        String commands = own.get(COMMANDS_VARIABLE);
        if (commands != null && !commands.isEmpty()) {
            environment.put("HA_SBIN_DIR", commands);
            environment.put("PATH", commands + ":" + environment.get("PATH"));
        }
        environment.put("LC_ALL", "C");
        environment.putAll(places.variables());
        cluster(environment);
        environment.put("OCF_ROOT", places.ocfRoot().toString());
        environment.put("OCF_RA_VERSION_MAJOR", "1");
        environment.put("OCF_RA_VERSION_MINOR", "1");
        environment.put("OCF_EXIT_REASON_PREFIX", EXIT_REASON_PREFIX);
        environment.put("OCF_OUTPUT_FORMAT", "text");
        environment.put("OCF_RESOURCE_INSTANCE", call.resource());
        environment.put("OCF_RESOURCE_TYPE", call.type());
        if (call.provider() != null) {
            environment.put("OCF_RESOURCE_PROVIDER", call.provider());
        }
        call.parameters()
                .forEach((name, value) -> {
                    boolean plain = name.equals("OCF_CHECK_LEVEL") || name.equals("OCF_TRACE_RA");
                    environment.put(plain ? name : "OCF_RESKEY_" + name, value);
                });
        return environment;
    }

    /** Agents ask by these in which kind of cluster they run and how to log. */
    private static void cluster(Map<String, String> environment) {
        both(environment, "cluster_type", "corosync");
        both(environment, "quorum_type", "corosync");
        both(environment, "mcp", "true");
        both(environment, "debug", "0");
        both(environment, "logfacility", "daemon");
        environment.put("HA_LOGFACILITY", "daemon");
        environment.put("PCMK_service", "pacemaker-execd");
        environment.put("PCMK_watchdog", "false");
    }

    private static void both(Map<String, String> environment, String option, String value) {
        environment.put("HA_" + option, value);
        environment.put("PCMK_" + option, value);
    }
}

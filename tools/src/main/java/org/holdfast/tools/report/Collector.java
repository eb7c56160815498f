package org.holdfast.tools.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.holdfast.tools.FileAccess;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.ToolRegistry;
import org.holdfast.tools.crm.frame.Invocation;

/** Gathers one node's part of a report: text by path below the report's directory. */
final class Collector {

    private static final String COROSYNC_CONF = "/etc/corosync/corosync.conf";
    private static final String CIB_DIRECTORY = "/var/lib/pacemaker/cib";
    private static final Pattern EVENTS =
            Pattern.compile(
                    "State S_|Transition \\d+|Result of |fenc|quorum|[Mm]embership|lost|joined|"
                            + "New |left the|Starting|Stopping| started as node",
                    Pattern.CASE_INSENSITIVE);

    private final Invocation call;
    private final ToolRegistry tools;
    private final LogExtract extract;
    private final Secrets secrets;
    private final String node;
    private final boolean running;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final StringBuilder log = new StringBuilder();

    Collector(Invocation call, ToolRegistry tools, LogExtract extract, Secrets secrets) {
        this.call = call;
        this.tools = tools;
        this.extract = extract;
        this.secrets = secrets;
        this.running = call.context().cluster() != null;
        String name = running ? output("crm_node", "-n").strip() : "";
        String host = read("/proc/sys/kernel/hostname").strip();
        this.node = !name.isEmpty() ? name : host.isEmpty() ? "localhost" : host;
    }

    String node() {
        return node;
    }

    /** Names of the cluster's other nodes, as far as they are known. */
    List<String> otherNodes() {
        Set<String> names = new LinkedHashSet<>();
        for (String given : call.arguments().values("nodes")) {
            names.addAll(Arrays.asList(given.strip().split("[ ,]+")));
        }
        if (names.isEmpty()) {
            Matcher name =
                    Pattern.compile("<node [^>]*uname=\"([^\"]*)\"")
                            .matcher(files.getOrDefault(node + "/cib.xml", ""));
            while (name.find()) {
                names.add(name.group(1));
            }
        }
        names.remove(node);
        names.remove("");
        return List.copyOf(names);
    }

    /** Gathers everything; the report's own files come first. */
    Map<String, String> collect(LocalDateTime from, LocalDateTime to) {
        String conf = read(COROSYNC_CONF);
        configuration(conf);
        state();
        logs(conf);
        String members = node + " " + String.join(" ", otherNodes());
        Map<String, String> whole = new LinkedHashMap<>();
        whole.put("analysis.txt", analysis());
        whole.put("members.txt", members.strip() + "\n");
        whole.put("events.txt", files.getOrDefault(node + "/events.txt", ""));
        whole.put("crm_mon.txt", files.getOrDefault(node + "/crm_mon.txt", ""));
        whole.put("sysinfo.txt", systemInformation());
        whole.put(
                "report.summary",
                "Report of node "
                        + node
                        + "\nfrom "
                        + LogExtract.show(from)
                        + " to "
                        + LogExtract.show(to)
                        + "\nThe cluster "
                        + (running ? "runs" : "does not run")
                        + " here.\n");
        put("report.out", log.toString());
        whole.putAll(files);
        return whole;
    }

    private void configuration(String conf) {
        put("corosync.conf", secrets.maskText(conf));
        String cib = running ? output("cibadmin", "-Q") : "";
        if (cib.isEmpty()) {
            cib = read(CIB_DIRECTORY + "/cib.xml");
            note("The CIB is the one on disk");
        }
        put("cib.xml", secrets.maskXml(cib));
        put(running ? "RUNNING" : "STOPPED", "");
        put("members.txt", node + "\n");
    }

    private void state() {
        if (!running) {
            put("crm_mon.txt", "");
            return;
        }
        put("crm_mon.txt", output("crm_mon", "-1", "-rnA"));
        put("cib.txt", secrets.maskText(output("pcs", "config")));
        put("crm_verify.txt", secrets.maskText(output("crm_verify", "-L", "-V")));
        put("corosync.dump", secrets.maskText(output("corosync-cmapctl")));
        put("corosync.quorum", output("corosync-quorumtool", "-s"));
        put("fencing.txt", output("stonith_admin", "--history", "*", "-V"));
    }

    private void logs(String conf) {
        Set<String> places = new LinkedHashSet<>(call.arguments().values("logfile"));
        if (!call.has("no-search")) {
            Matcher logfile =
                    Pattern.compile("^\\s*logfile\\s*:\\s*(\\S+)", Pattern.MULTILINE).matcher(conf);
            while (logfile.find()) {
                places.add(logfile.group(1));
            }
            places.add("/var/log/pacemaker/pacemaker.log");
            places.add("/var/log/holdfastd.log");
            places.add("/var/log/cluster/corosync.log");
        }
        StringBuilder events = new StringBuilder();
        for (String place : places) {
            if (!call.context().files().exists(place)) {
                continue;
            }
            String part = secrets.maskText(extract.of(read(place)));
            String name = place.substring(place.lastIndexOf('/') + 1) + ".extract.txt";
            while (files.containsKey(node + "/" + name)) {
                name = "more-" + name;
            }
            put(name, part);
            note("Including " + part.lines().count() + " lines of " + place);
            part.lines()
                    .filter(line -> EVENTS.matcher(line).find())
                    .forEach(line -> events.append(line).append('\n'));
        }
        put("events.txt", events.toString());
    }

    private String analysis() {
        List<String> wanted = new ArrayList<>(call.arguments().values("log-pattern"));
        wanted.addAll(List.of("CRIT:", "ERROR:", " critical ", " error "));
        StringBuilder found = new StringBuilder();
        String problems = files.getOrDefault(node + "/crm_verify.txt", "");
        if (!problems.isBlank()) {
            found.append("crm_verify:\n").append(problems).append('\n');
        }
        for (String one : wanted) {
            try {
                Pattern pattern = Pattern.compile(one);
                files.forEach((name, text) -> {
                    if (name.endsWith(".extract.txt")) {
                        text.lines()
                                .filter(line -> pattern.matcher(line).find())
                                .forEach(line ->
                                        found.append(name).append(": ").append(line).append('\n'));
                    }
                });
            } catch (PatternSyntaxException e) {
                note("Not a pattern: " + one);
            }
        }
        return found.toString();
    }

    private String systemInformation() {
        return "Holdfast: "
                + output("crm_mon", "--version").replace("\n", "; ")
                + "\nKernel: "
                + read("/proc/version")
                + "\n"
                + read("/etc/os-release")
                + "\nUptime and load: "
                + read("/proc/uptime").strip()
                + ", "
                + read("/proc/loadavg")
                + "\n"
                + read("/proc/meminfo")
                + "\n"
                + read("/proc/mounts");
    }

    private void put(String name, String text) {
        files.put(node + "/" + name, text);
    }

    private void note(String line) {
        log.append(line).append('\n');
        call.out().info(node + ":  " + line);
    }

    private String read(String path) {
        FileAccess access = call.context().files();
        try {
            return access.exists(path) ? new String(access.read(path), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            log.append(path).append(": ").append(e.getMessage()).append('\n');
            return "";
        }
    }

    /** What another command prints. */
    private String output(String command, String... arguments) {
        Tool tool = tools.find(command);
        if (tool == null) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream printer = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ToolContext outer = call.context();
        tool.run(
                new ToolContext(
                        List.of(arguments),
                        outer.environment(),
                        outer.in(),
                        printer,
                        printer,
                        outer.files(),
                        outer.clock(),
                        outer.cluster(),
                        outer.agents()));
        printer.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

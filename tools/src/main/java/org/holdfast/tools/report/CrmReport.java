package org.holdfast.tools.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.PatternSyntaxException;
import java.util.zip.GZIPOutputStream;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.tools.ToolRegistry;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.UsageException;

/** crm_report(8): an archive of what is needed to look into a cluster's problem. */
public final class CrmReport extends CrmTool {

    private final Supplier<ToolRegistry> tools;

    /**
     * The command.
     *
     * @param tools the commands whose output a report contains
     */
    public CrmReport(Supplier<ToolRegistry> tools) {
        super("crm_report");
        this.tools = tools;
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return true;
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Gather logs, configuration and state of a cluster for an analysis")
                .value("from", 'f', "TIME", "Start of the time in question (needed)")
                .value("to", 't', "TIME", "Its end; now, if not given")
                .value("dest", '\0', "DEST", "Directory or name of the report")
                .value("nodes", 'n', "NODES", "The cluster's nodes, if it does not run here")
                .flag("single-node", 'S', "Take only what is on this node")
                .flag("as-directory", 'd', "Leave a directory, no archive")
                .value("logfile", 'l', "FILE", "One more log; may be given more than once")
                .flag("no-search", 'M', "Take no logs but those given")
                .value("mask", 'p', "PATTERN", "More names of variables whose values are hidden")
                .value("log-pattern", 'L', "PATTERN", "What to look for in logs (CRIT:, ERROR:)")
                .value("cluster", 'c', "TYPE", "")
                .flag("corosync", 'C', "")
                .value("user", 'u', "USER", "")
                .value("rsh", 'e', "COMMAND", "")
                .value("max-depth", 'D', "DEPTH", "")
                .flag("sos-mode", '\0', "")
                .flag("features", '\0', "")
                .flag("verbose", 'V', "")
                .flag("version", 'v', "");
    }

    @Override
    protected void showVersion(Output out) {
        out.info(name() + " " + PACEMAKER_VERSION + "-holdfast");
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        if (call.has("features")) {
            call.out().info("Holdfast, compatible with Pacemaker 3.0");
            return ExitCode.OK;
        }
        String from = call.value("from");
        if (from == null) {
            throw new UsageException(
                    ExitCode.ERROR, "Please tell with --from when the problem began");
        }
        long nowSeconds = call.nowSeconds();
        LocalDateTime now = LogExtract.local(nowSeconds, call.timeContext().offsetSeconds());
        String toText = call.value("to");
        LogExtract extract;
        LocalDateTime begin;
        LocalDateTime end;
        try {
            begin = LogExtract.parse(from, now);
            end = toText == null ? now : LogExtract.parse(toText, now);
            extract = new LogExtract(begin, end);
        } catch (DateTimeException e) {
            throw new UsageException(
                    ExitCode.ERROR,
                    "Not a time: use \"YYYY-M-D H:M:S\", YYYY-M-D or H:M:S ("
                            + e.getMessage()
                            + ")");
        }
        Secrets secrets;
        try {
            secrets = new Secrets(call.arguments().values("mask"));
        } catch (PatternSyntaxException e) {
            throw new UsageException(ExitCode.ERROR, "Not a pattern: " + e.getMessage());
        }
        Collector collector = new Collector(call, tools.get(), extract, secrets);
        call.out()
                .info(
                        collector.node()
                                + ":  Collecting data ("
                                + LogExtract.show(begin)
                                + " to "
                                + LogExtract.show(end)
                                + ")");
        Map<String, String> files = collector.collect(begin, end);
        String path = destination(call, now);
        write(call, path, files, nowSeconds);
        tellOthers(call, collector);
        return ExitCode.OK;
    }

    /** The report's path without an ending. */
    private static String destination(Invocation call, LocalDateTime now) {
        List<String> rest = call.arguments().rest();
        String given = call.value("dest");
        if (given == null && !rest.isEmpty()) {
            given = rest.getFirst();
        }
        String name =
                String.format(
                        Locale.ROOT,
                        "pcmk-%02d-%02d-%02d-%s",
                        now.getHour(),
                        now.getMinute(),
                        now.getSecond(),
                        now.getDayOfWeek().toString().substring(0, 3).toLowerCase(Locale.ROOT));
        if (given == null) {
            return name;
        }
        for (String ending : List.of(".tar.bz2", ".tar.gz", ".tgz", "/")) {
            if (given.endsWith(ending) && given.length() > ending.length()) {
                given = given.substring(0, given.length() - ending.length());
            }
        }
        return call.context().files().isDirectory(given) ? given + "/" + name : given;
    }

    private static void write(
            Invocation call, String path, Map<String, String> files, long nowSeconds)
            throws UsageException {
        String base = path.substring(path.lastIndexOf('/') + 1);
        String where = path;
        try {
            if (call.has("as-directory")) {
                for (Map.Entry<String, String> file : files.entrySet()) {
                    String name = path + "/" + file.getKey();
                    call.context()
                            .files()
                            .createDirectories(name.substring(0, name.lastIndexOf('/')));
                    call.context().files().write(name, bytes(file.getValue()));
                }
            } else {
                where = path + ".tar.gz";
                call.context().files().write(where, archive(base, files, nowSeconds));
            }
        } catch (IOException e) {
            throw new UsageException(
                    ExitCode.CANTCREAT, "The report cannot be written: " + e.getMessage());
        }
        call.out().info("Collected results are available in " + where);
    }

    private static byte[] archive(String base, Map<String, String> files, long nowSeconds)
            throws IOException {
        TarArchive tar = new TarArchive(nowSeconds);
        tar.directory(base + "/");
        String directory = "";
        for (Map.Entry<String, String> file : files.entrySet()) {
            int slash = file.getKey().indexOf('/');
            if (slash > 0 && !directory.equals(file.getKey().substring(0, slash))) {
                directory = file.getKey().substring(0, slash);
                tar.directory(base + "/" + directory + "/");
            }
            tar.file(base + "/" + file.getKey(), bytes(file.getValue()));
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(tar.finish());
        }
        return packed.toByteArray();
    }

    /** Other nodes' files are theirs: the command does not log in there. */
    private static void tellOthers(Invocation call, Collector collector) {
        if (call.has("single-node")) {
            return;
        }
        for (String other : collector.otherNodes()) {
            call.out()
                    .info(
                            "Nothing was taken from "
                                    + other
                                    + ": run \"crm_report --single-node\" with the same times there");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

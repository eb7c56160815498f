package org.holdfast.tools.simulate;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.config.Values;
import org.holdfast.tools.cibinput.CibUpgrade;
import org.holdfast.tools.crm.frame.Invocation;

/** Times the scheduler's decisions for every file of a directory. */
final class Profile {

    private final Invocation call;
    private final SimulateOptions options;
    private final SimulateOutput out;

    Profile(Invocation call, SimulateOptions options, SimulateOutput out) {
        this.call = call;
        this.options = options;
        this.out = out;
    }

    int run(String directory) {
        try {
            boolean any = false;
            for (String name : call.context().files().list(directory)) {
                String path = directory + "/" + name;
                if (name.startsWith(".")
                        || !name.endsWith(".xml")
                        || call.context().files().isDirectory(path)) {
                    continue;
                }
                if (!any) {
                    out.beginAnyway("Timings");
                    any = true;
                }
                time(path);
            }
            if (any) {
                out.endAnyway();
            }
            return ExitCode.OK;
        } catch (IOException e) {
            out.error(directory + ": " + e.getMessage());
            return ExitCode.NOSUCH;
        }
    }

    private void time(String path) {
        Element cib;
        try {
            cib = CrmSimulate.readFile(call, path);
        } catch (IOException | XmlSyntaxException e) {
            return;
        }
        Instant begin = call.context().clock().instant();
        CibUpgrade.Result input = CibUpgrade.prepare(cib);
        if (input.problem() != null) {
            return;
        }
        long now = Values.number(cib.get("execution-date"), call.nowSeconds());
        TimeContext time = TimeContext.utc(EffectiveTime.seconds(options, now));
        for (int i = 0; i < options.repeat(); i++) {
            Scheduler.schedule(ScheduleRequest.of(input.cib(), time.nowSeconds()));
        }
        double seconds = Duration.between(begin, call.context().clock().instant()).toNanos() / 1e9;
        out.entryAnyway(
                String.format(Locale.ROOT, "Testing %s ... %.2f secs", path, seconds),
                "timing",
                "file",
                path,
                "duration",
                String.format(Locale.ROOT, "%f", seconds));
    }
}

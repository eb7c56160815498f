package org.holdfast.tools.iso8601;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.time.CibTime;
import org.holdfast.cib.time.TimeFormat;
import org.holdfast.cib.time.TimeFormat.Part;
import org.holdfast.cib.time.TimeParser;
import org.holdfast.cib.time.TimeSyntaxException;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.jspecify.annotations.Nullable;

/** iso8601(8): displays dates, durations and periods. */
public final class Iso8601 extends CrmTool {

    /** The command. */
    public Iso8601() {
        super("iso8601");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return false;
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Show how dates, durations and periods in ISO 8601 are understood")
                .helpOn("commands", "modifiers", "output")
                .glued("dpDE")
                .flag("now", 'n', "Show the current date and time")
                .value("date", 'd', "DATE", "Show a date and time")
                .value("period", 'p', "PERIOD", "Show a period")
                .value("duration", 'D', "DURATION", "Show a duration")
                .value("expected", 'E', "TEXT", "Fail if the result is not this text")
                .flag("seconds", 's', "As seconds since the start of year 1")
                .flag("epoch", 'S', "As seconds since 1970")
                .flag("local", 'L', "In the zone of the date")
                .flag("ordinal", 'O', "Dates with the day of the year")
                .flag("week", 'W', "Dates with week and weekday")
                .withOutput();
    }

    @Override
    protected int noOutputExitCode(int rc) {
        return Rc.exitCode(rc);
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        Set<Part> parts = EnumSet.of(Part.DATE, Part.TIME);
        addPart(call, parts, "seconds", Part.SECONDS);
        addPart(call, parts, "epoch", Part.EPOCH);
        addPart(call, parts, "local", Part.ZONE);
        addPart(call, parts, "ordinal", Part.ORDINAL);
        addPart(call, parts, "week", Part.WEEKS);
        CibTime date = date(call, parts);
        CibTime duration = duration(call);
        period(call, parts);
        return conclude(call, date, duration, parts);
    }

    private static void addPart(Invocation call, Set<Part> parts, String option, Part part) {
        if (call.has(option)) {
            parts.add(part);
        }
    }

    private static @Nullable String dateText(Invocation call) {
        String text = null;
        for (Arguments.Given option : call.arguments().given()) {
            if (option.name().equals("now")) {
                text = "now";
            } else if (option.name().equals("date")) {
                text = option.value();
            }
        }
        return text;
    }

    private static @Nullable CibTime date(Invocation call, Set<Part> parts) throws UsageException {
        String text = dateText(call);
        if (text == null) {
            return null;
        }
        boolean now = text.equalsIgnoreCase("now");
        CibTime date;
        try {
            date = now ? call.timeContext().now() : TimeParser.parseDate(text, call.timeContext());
        } catch (TimeSyntaxException e) {
            throw new UsageException(
                    ExitCode.INVALID_PARAM, "Invalid date/time specified: " + text);
        }
        show(call, now ? "Current date/time" : "Date", "date", TimeFormat.format(date, parts));
        return date;
    }

    private static @Nullable CibTime duration(Invocation call) throws UsageException {
        String text = call.value("duration");
        if (text == null) {
            return null;
        }
        try {
            CibTime duration = TimeParser.parseDuration(text);
            show(
                    call,
                    "Duration",
                    "duration",
                    TimeFormat.format(duration, EnumSet.of(Part.DURATION)));
            return duration;
        } catch (TimeSyntaxException e) {
            throw new UsageException(ExitCode.INVALID_PARAM, "Invalid duration specified: " + text);
        }
    }

    private static void period(Invocation call, Set<Part> parts) throws UsageException {
        String text = call.value("period");
        if (text == null) {
            return;
        }
        try {
            TimeParser.Period period = TimeParser.parsePeriod(text, call.timeContext());
            String start = TimeFormat.format(period.start(), parts);
            String end = TimeFormat.format(period.end(), parts);
            call.out().info("Period: " + start + " to " + end);
            XmlOutput xml = call.out().xml();
            if (xml != null) {
                xml.push("period");
                xml.addText("start", start);
                xml.addText("end", end);
            }
        } catch (TimeSyntaxException e) {
            throw new UsageException(ExitCode.INVALID_PARAM, "Invalid interval specified: " + text);
        }
    }

    private static int conclude(
            Invocation call, @Nullable CibTime date, @Nullable CibTime duration, Set<Part> parts) {
        if (date == null) {
            return ExitCode.OK;
        }
        CibTime result = date;
        if (duration != null) {
            result = date.plus(duration);
            Set<Part> local = EnumSet.copyOf(parts);
            local.add(Part.ZONE);
            show(call, "Duration ends at", "duration_ends", TimeFormat.format(result, local));
        }
        String expected = call.value("expected");
        boolean asExpected =
                expected == null || expected.equalsIgnoreCase(TimeFormat.format(result, parts));
        return asExpected ? ExitCode.OK : ExitCode.ERROR;
    }

    private static void show(Invocation call, String title, String tag, String text) {
        call.out().info(title + ": " + text);
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            xml.addText(tag, text);
        }
    }
}

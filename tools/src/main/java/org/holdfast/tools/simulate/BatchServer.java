package org.holdfast.tools.simulate;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.holdfast.tools.ToolContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers requests of one JSON object a line, each with a summary run and a scores run. */
final class BatchServer {

    private final ToolContext context;
    private final ObjectMapper json = new ObjectMapper();

    BatchServer(ToolContext context) {
        this.context = context;
    }

    /** Serves until the end of input. */
    int serve() {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8));
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isBlank()) {
                    context.out().println(answer(line));
                    context.out().flush();
                }
            }
            return 0;
        } catch (IOException e) {
            context.err().println("crm_simulate: " + e.getMessage());
            return 74;
        }
    }

    private String answer(String line) {
        JsonNode request = json.readTree(line);
        ObjectNode answer = json.createObjectNode();
        answer.put("name", request.path("name").asString(""));
        try {
            answer.put("status", runBoth(request));
        } catch (IOException | RuntimeException e) {
            StackTraceElement[] trace = e.getStackTrace();
            answer.put("status", 70);
            answer.put("error", e + (trace.length == 0 ? "" : " at " + trace[0]));
        }
        return json.writeValueAsString(answer);
    }

    private int runBoth(JsonNode request) throws IOException {
        String directory = request.path("out").asString("");
        String xml = request.path("xml").asString("");
        List<String> extra = new ArrayList<>();
        for (JsonNode argument : request.path("args")) {
            extra.add(argument.asString(""));
        }
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        run(arguments(List.of("-x", xml, "-S"), extra), summary, summary);
        write(directory + "/summary", summary);

        ByteArrayOutputStream scores = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        List<String> options =
                List.of("-x", xml, "-D", directory + "/dot", "-G", directory + "/exp", "-sSQ");
        int status = run(arguments(options, extra), scores, errors);
        write(directory + "/scores", scores);
        write(directory + "/stderr", errors);
        return status;
    }

    private static List<String> arguments(List<String> options, List<String> extra) {
        List<String> all = new ArrayList<>(options);
        all.addAll(extra);
        return all;
    }

    private int run(List<String> arguments, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        PrintStream outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream errStream =
                out == err ? outStream : new PrintStream(err, false, StandardCharsets.UTF_8);
        int status =
                new CrmSimulate()
                        .run(
                                new ToolContext(
                                        arguments,
                                        context.environment(),
                                        context.in(),
                                        outStream,
                                        errStream,
                                        context.files(),
                                        context.clock()));
        outStream.flush();
        errStream.flush();
        return status;
    }

    private void write(String path, ByteArrayOutputStream content) throws IOException {
        context.files().write(path, content.toByteArray());
    }
}

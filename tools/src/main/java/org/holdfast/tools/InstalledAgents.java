package org.holdfast.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.holdfast.agents.AgentCall;
import org.holdfast.agents.AgentEnd;
import org.holdfast.agents.AgentPlaces;
import org.holdfast.agents.AgentRunner;
import org.holdfast.agents.FenceAgents;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The agents that are installed on this machine. OCF and fence agents are asked for their
 * description; for systemd units there is one that fits all. Thread-safe.
 */
public final class InstalledAgents implements AgentCatalog {

    private static final List<Path> UNIT_DIRECTORIES =
            List.of(
                    Path.of("/etc/systemd/system"),
                    Path.of("/run/systemd/system"),
                    Path.of("/usr/local/lib/systemd/system"),
                    Path.of("/usr/lib/systemd/system"),
                    Path.of("/lib/systemd/system"));

    private static final Path INIT_SCRIPTS = Path.of("/etc/init.d");

    /** As long as Pacemaker waits for a description. */
    private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(30);

    private final AgentRunner runner;
    private final AgentPlaces places;
    private final AtomicLong numbers = new AtomicLong();

    /** The agents that this runner finds. */
    public InstalledAgents(AgentRunner runner) {
        this.runner = runner;
        this.places = runner.places();
    }

    @Override
    public @Nullable Element metadata(String standard, String provider, String type) {
        return switch (standard) {
            case "ocf" -> ask(provider, type);
            case "stonith" -> fenceAgent(type);
            case "systemd", "service" -> isUnit(type) ? unit(type) : null;
            default -> null;
        };
    }

    @Override
    public @Nullable String metadataText(String standard, String provider, String type) {
        if (standard.equals("ocf")) {
            return askText(provider, type);
        }
        if (standard.equals("stonith")) {
            Element metadata = fenceAgent(type);
            return metadata == null ? null : XmlPrinter.prettyWithText(metadata);
        }
        return AgentCatalog.super.metadataText(standard, provider, type);
    }

    private @Nullable Element ask(String provider, String type) {
        String text = askText(provider, type);
        try {
            return text == null ? null : XmlParser.parse(text.strip());
        } catch (XmlSyntaxException e) {
            return null;
        }
    }

    private @Nullable String askText(String provider, String type) {
        return places.find(provider, type).isEmpty()
                ? null
                : askText("ocf", provider, type, "meta-data");
    }

    /** A fence agent's description, with what the cluster itself does and sets. */
    private @Nullable Element fenceAgent(String type) {
        String text =
                FenceAgents.find(type).isEmpty()
                        ? null
                        : askText("stonith", null, type, "metadata");
        try {
            return text == null ? null : FenceMetadata.completed(XmlParser.parse(text.strip()));
        } catch (XmlSyntaxException e) {
            return null;
        }
    }

    private @Nullable String askText(
            String standard, @Nullable String provider, String type, String action) {
        AgentCall call =
                new AgentCall(
                        -numbers.incrementAndGet(),
                        standard,
                        provider,
                        type,
                        type,
                        action,
                        Map.of());
        try {
            AgentEnd end = runner.runFor(call, METADATA_TIMEOUT);
            boolean answered = end.outcome() == AgentEnd.Outcome.EXITED && end.exitCode() == 0;
            return answered ? end.output() : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static boolean isUnit(String type) {
        if (type.isEmpty() || type.contains("/") || type.startsWith(".")) {
            return false;
        }
        int at = type.indexOf('@');
        String file = (at > 0 ? type.substring(0, at + 1) : type) + ".service";
        return UNIT_DIRECTORIES.stream().anyMatch(dir -> Files.exists(dir.resolve(file)));
    }

    /** What every systemd unit can do, with the times that Pacemaker gives for it. */
    private static Element unit(String type) {
        Element.Builder actions = Element.builder("actions");
        for (String name : List.of("start", "stop", "status")) {
            actions.child(Element.of("action", "name", name, "timeout", "100s"));
        }
        actions.child(
                Element.of("action", "name", "monitor", "timeout", "100s", "interval", "60s"));
        actions.child(Element.of("action", "name", "meta-data", "timeout", "5s"));
        return Element.builder("resource-agent")
                .attribute("name", type)
                .attribute("version", "0.1")
                .child(Element.of("parameters"))
                .child(actions.build())
                .build();
    }

    @Override
    public @Nullable AgentEnd run(AgentCall call, Duration limit) {
        AgentCall own =
                new AgentCall(
                        -numbers.incrementAndGet(),
                        call.standard(),
                        call.provider(),
                        call.type(),
                        call.resource(),
                        call.action(),
                        call.parameters());
        try {
            return runner.runFor(own, limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public List<String> types(String standard, String provider) {
        return switch (standard) {
            case "ocf" -> places.agents(provider);
            case "stonith" -> FenceAgents.list();
            case "lsb", "service" -> initScripts();
            default -> List.of();
        };
    }

    private static List<String> initScripts() {
        try (Stream<Path> files = Files.list(INIT_SCRIPTS)) {
            return files.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    @Override
    public List<String> ocfProviders() {
        return places.providers();
    }
}

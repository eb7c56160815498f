package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses the command by the next word, and says how to use it when the words are wrong. */
final class Router implements Command {

    private final List<String> path;
    private final @Nullable String defaultWord;
    private final Map<String, Command> commands = new LinkedHashMap<>();

    Router(@Nullable String defaultWord, String... path) {
        this.path = List.of(path);
        this.defaultWord = defaultWord;
    }

    Router add(String word, Command command) {
        commands.put(word, command);
        return this;
    }

    @Override
    public void run(PcsRun run, List<String> arguments) {
        String word = arguments.isEmpty() ? defaultWord : arguments.getFirst();
        List<String> rest =
                arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        try {
            Command command = word == null ? null : commands.get(word);
            if (command == null) {
                if (arguments.isEmpty()) {
                    throw PcsFailure.usage();
                }
                word = "";
                throw PcsFailure.usage();
            }
            command.run(run, rest);
        } catch (PcsFailure failure) {
            if (failure.kind() != PcsFailure.Kind.USAGE || path.isEmpty() || word == null) {
                throw failure;
            }
            List<String> usage = new ArrayList<>(path);
            usage.add(word);
            throw run.explain(failure, usage);
        }
    }
}

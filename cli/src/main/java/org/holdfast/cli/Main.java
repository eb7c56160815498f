package org.holdfast.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.holdfast.cli.demo.Demo;
import org.holdfast.node.CorosyncProgram;
import org.holdfast.node.Holdfastd;
import org.holdfast.simulator.run.SimulatorCommand;
import org.holdfast.tools.Tool;
import org.holdfast.tools.catalogue.AllTools;

/** Runs the command that the first argument names. */
public final class Main {

    /** Exit code of sysexits.h for a wrong command line. */
    private static final int EX_USAGE = 64;

    private Main() {}

    /** First argument: the command's usual name. The others are the command's own. */
    public static void main(String[] args) {
        if (args.length == 0) {
            System.err.println("holdfast: which command? See ./holdfast help");
            System.exit(EX_USAGE);
        }
        List<String> arguments = Arrays.asList(args).subList(1, args.length);
        System.exit(run(args[0], arguments, System.getenv()));
    }

    private static int run(
            String command, List<String> arguments, Map<String, String> environment) {
        return switch (command) {
            case "commands" -> {
                AllTools.registry().names().forEach(System.out::println);
                yield 0;
            }
            case "holdfastd" -> Holdfastd.run(arguments);
            case "corosync" -> corosync(arguments, environment);
            case "demo" -> Demo.run(arguments, environment);
            case "simulate" ->
                    new SimulatorCommand(System.out, System.err, System::nanoTime).run(arguments);
            case "--train" -> Training.run();
            case "--train-daemon" -> DaemonTraining.run();
            default -> runTool(command, arguments, environment);
        };
    }

    private static int corosync(List<String> arguments, Map<String, String> environment) {
        return CorosyncProgram.run(
                arguments,
                Path.of(environment.getOrDefault("HOLDFAST_ROOT", "/")),
                () -> Holdfastd.run(List.of("--only", "cluster-layer")),
                System.out,
                System.err);
    }

    private static int runTool(
            String command, List<String> arguments, Map<String, String> environment) {
        Tool tool = AllTools.registry().find(command);
        if (tool == null) {
            System.err.println(
                    "holdfast: no command named '" + command + "'. See ./holdfast commands");
            return EX_USAGE;
        }
        return new CommandRun(tool, arguments, environment).run();
    }
}

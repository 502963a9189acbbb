package io.erulb.server.shell;

import io.erulb.rules.FilterTypes;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The commands by their names. */
public final class RuleCommands {
    /** What they are called. */
    public static final Set<String> NAMES = Set.of("lint", "explain", "graph", "test", "whatif");

    private RuleCommands() {}

    /**
     * Runs one of them.
     *
     * @param arguments its name and what stands behind it
     * @param types what rules may name; asked for once the arguments are found to be good
     * @return the exit code: 0, 1 when a document has faults or can't be read, 2 for bad usage; {@code test} has 1 for tests
     *     that fail, and 2 for the rest
     */
    public static int run(List<String> arguments, Supplier<FilterTypes> types, PrintStream out, PrintStream err) {
        CommandLine line = new CommandLine(command(arguments.get(0), types))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(100);
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .type(boolean.class)
                        .usageHelp(true)
                        .description("Print this.")
                        .build());
        line.setExecutionExceptionHandler((failed, running, parsed) -> {
            running.getErr().println("elb: " + arguments.get(0) + ": " + failed.getMessage());
            return 1;
        });
        return line.execute(arguments.subList(1, arguments.size()).toArray(String[]::new));
    }

    private static Object command(String name, Supplier<FilterTypes> types) {
        return switch (name) {
            case "lint" -> new LintCommand(types);
            case "explain" -> new ExplainCommand(types);
            case "graph" -> new GraphCommand(types);
            case "test" -> new TestCommand(types);
            case "whatif" -> new WhatIfCommand();
            default -> throw new IllegalArgumentException(name + " (expected: one of " + NAMES + ")");
        };
    }
}

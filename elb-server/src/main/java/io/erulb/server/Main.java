package io.erulb.server;

import io.erulb.rules.FilterTypes;
import io.erulb.server.imports.ImportCommand;
import io.erulb.server.shell.RuleCommands;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What {@code java -jar elb-server.jar} runs: the server, or with a first argument the demo or a command. */
final class Main {
    private static final int BAD_SETTINGS = 2;

    private Main() {}

    public static void main(String[] arguments) {
        Logging.setUp();
        try {
            run(List.of(arguments), System.getenv());
        } catch (ServerConfigException bad) {
            refuse(bad.faults());
        } catch (ServerStartException failed) {
            refuse(List.of(String.valueOf(failed.getMessage())));
        }
    }

    private static void run(List<String> arguments, Map<String, String> environment) throws ServerStartException {
        if (arguments.isEmpty()) {
            Lifetime.ofProcess(() -> server(ServerConfig.of(environment)));
        } else if (arguments.equals(List.of("demo"))) {
            Lifetime.ofProcess(() -> Demo.start(environment));
        } else if (arguments.get(0).equals("import")) {
            System.exit(importFrom(arguments.subList(1, arguments.size()), environment));
        } else if (RuleCommands.NAMES.contains(arguments.get(0))) {
            System.exit(RuleCommands.run(arguments, () -> filters(environment), System.out, System.err));
        } else {
            refuse(
                    List.of(
                            "unknown arguments: " + String.join(" ", arguments)
                                    + " (expected: none for the server, demo, import, lint, test, explain, graph or whatif); settings are read from the environment"));
        }
    }

    private static AutoCloseable server(ServerConfig config) throws ServerStartException {
        CompletableFuture<ElbServer> started = new CompletableFuture<>();
        if (config.accessLog() != null && config.accessLog().file() != null) {
            // Each signal has a thread of its own, which may wait for the start.
            Hangup.does(() -> started.join().reopenAccessLog());
        }
        ElbServer server = ElbServer.start(config);
        started.complete(server);
        return server;
    }

    private static FilterTypes filters(Map<String, String> environment) {
        return Plugins.load(ServerConfig.of(environment).plugins()).filters();
    }

    private static int importFrom(List<String> arguments, Map<String, String> environment) {
        // Documents are shown as they are, whatever the locale.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        return ImportCommand.run(arguments, toWrite -> ImportStore.open(environment, toWrite), out, System.err);
    }

    private static void refuse(List<String> sentences) {
        sentences.forEach(sentence -> System.err.println("elb: " + sentence));
        System.exit(BAD_SETTINGS);
    }
}

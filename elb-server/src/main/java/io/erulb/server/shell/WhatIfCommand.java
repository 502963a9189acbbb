package io.erulb.server.shell;

import io.erulb.rules.RuleSet;
import io.erulb.rules.RuleSetException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whatif}: what rule documents would have done to the requests that a server keeps. */
@Command(
        name = "whatif",
        synopsisHeading = "Usage: ",
        customSynopsis = "whatif FILE... [--server URL] [--token-file FILE] [--max-moved PERCENT]",
        description = {
            "%nAsks a server that keeps requests (WHATIF) what the rules of each FILE would have done to them, and",
            "says how many would have moved, and from where to where. Changes nothing. A FILE has the document of",
            "the domain it is named for, such as t.local.json. A token that the server wants comes from --token-file",
            "or ELB_TOKEN in the environment.%n"
        },
        footer = "%nExit code: 0, 1 when more would move than --max-moved or nothing can be told, 2 for bad usage.")
final class WhatIfCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1..*", hidden = true)
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Where the admin API is, http://127.0.0.1:8080 by default.")
    private URI server = URI.create("http://127.0.0.1:8080");

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the token of the admin API.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--max-moved",
            paramLabel = "PERCENT",
            description = "The most of a domain's requests that may move, such as 5%%.")
    private @Nullable String maxMoved;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        AdminCall.Answer answer = new AdminCall(server, token()).whatIf(documents(), maxMoved);
        (answer.isText() ? out : spec.commandLine().getErr())
                .println(answer.body().stripTrailing());
        out.flush();
        return answer.isOk() ? 0 : 1;
    }

    /** By domain, as they are; what is wrong with their rules is the server's to say, which knows its types. */
    private Map<String, RuleSet> documents() throws IOException {
        Map<String, RuleSet> documents = new LinkedHashMap<>();
        for (Path file : files) {
            try {
                documents.put(RuleFile.domain(file), RuleSet.parse(RuleFile.text(file)));
            } catch (RuleSetException malformed) {
                throw new IOException(file + ": " + malformed.faults().get(0), malformed);
            }
        }
        return documents;
    }

    private @Nullable String token() throws IOException {
        Path file = tokenFile;
        return file == null
                ? System.getenv("ELB_TOKEN")
                : Files.readString(file).strip();
    }
}

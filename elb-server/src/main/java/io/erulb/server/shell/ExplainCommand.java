package io.erulb.server.shell;

import io.erulb.rules.FilterTypes;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: what a rule document makes of a request, or of those that were logged. */
@Command(
        name = "explain",
        synopsisHeading = "Usage: ",
        customSynopsis = {
            "explain FILE --url URL [-X METHOD] [-H 'NAME: VALUE']... [--client ADDRESS]",
            "       explain FILE --log LOG"
        },
        description = {
            "%nSays which way a request takes through the rules of FILE, what each of them sees, and what is",
            "decided. FILE has the document of the domain it is named for, such as t.local.json.%n"
        },
        footer = {
            "%nExit code: 0, 1 when the document has faults, a logged request would go another way or none",
            "can be explained, 2 for bad usage."
        })
final class ExplainCommand implements Callable<Integer> {
    private final Supplier<FilterTypes> types;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", hidden = true)
    private Path file = Path.of("");

    @Option(names = "--url", paramLabel = "URL", description = "Of the request: http://t.local/blog?x=1")
    private @Nullable String url;

    @Option(
            names = "--log",
            paramLabel = "LOG",
            description = "A file with lines of the access log in JSON, or - to read them.")
    private @Nullable String log;

    @Option(
            names = {"-X", "--method"},
            paramLabel = "METHOD",
            description = "Of the request, GET by default.")
    private String method = "GET";

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "A header field; may stand several times.")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--client", paramLabel = "ADDRESS", description = "The client's IP address, 127.0.0.1 by default.")
    private @Nullable String client;

    ExplainCommand(Supplier<FilterTypes> types) {
        this.types = types;
    }

    @Override
    public Integer call() throws IOException {
        if ((url == null) == (log == null)) {
            String given = url == null ? "neither --url nor --log" : "both --url and --log";
            throw new ParameterException(spec.commandLine(), given + " (expected: one of them)");
        }
        PrintWriter out = spec.commandLine().getOut();
        RequestFacts request = url == null ? null : request(url);
        RuleFile rules = RuleFile.read(file, types.get());
        RuleGraph graph = rules.graph();
        if (graph == null) {
            rules.faults().forEach(fault -> out.println(file + ": " + fault));
            return 1;
        }
        if (log != null) {
            return LoggedLines.explain(log, graph, out) ? 0 : 1;
        }
        if (request != null) {
            out.println(request + " from " + request.client().getHostAddress());
            out.print(graph.explain(request).toText());
        }
        out.flush();
        return 0;
    }

    private RequestFacts request(String ofUrl) {
        try {
            RequestFacts request = RequestFacts.of(method, ofUrl);
            for (String header : headers) {
                int colon = header.indexOf(':');
                if (colon < 1) {
                    throw new IllegalArgumentException(header + " (expected: a header field, 'NAME: VALUE')");
                }
                request = request.withHeader(
                        header.substring(0, colon), header.substring(colon + 1).strip());
            }
            return client == null ? request : request.withClient(client);
        } catch (IllegalArgumentException bad) {
            throw new ParameterException(spec.commandLine(), String.valueOf(bad.getMessage()), bad);
        }
    }
}

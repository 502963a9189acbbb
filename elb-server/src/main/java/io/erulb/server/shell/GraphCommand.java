package io.erulb.server.shell;

import io.erulb.rules.FilterTypes;
import io.erulb.rules.GraphFormat;
import io.erulb.rules.RuleGraph;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graph}: the rules of a document and their edges, drawn or for a program that draws them. */
@Command(
        name = "graph",
        synopsisHeading = "Usage: ",
        customSynopsis = "graph FILE [--format dot|mermaid|svg]",
        description = {
            "%nPrints the rules of FILE and the edges between them, for Graphviz or Mermaid to draw,",
            "or an image of them.",
            "FILE has the document of the domain it is named for, such as t.local.json.%n"
        },
        footer = "%nExit code: 0, 1 when the document has faults, 2 for bad usage.")
final class GraphCommand implements Callable<Integer> {
    private final Supplier<FilterTypes> types;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", hidden = true)
    private Path file = Path.of("");

    @Option(names = "--format", paramLabel = "dot|mermaid|svg", description = "What to print, dot by default.")
    private GraphFormat format = GraphFormat.DOT;

    GraphCommand(Supplier<FilterTypes> types) {
        this.types = types;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        RuleFile rules = RuleFile.read(file, types.get());
        RuleGraph graph = rules.graph();
        if (graph == null) {
            rules.faults().forEach(fault -> out.println(file + ": " + fault));
            return 1;
        }
        out.print(graph.draw(format));
        out.flush();
        return 0;
    }
}

package io.erulb.server.shell;

import io.erulb.rules.FilterTypes;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.analysis.Finding;
import io.erulb.rules.analysis.RuleAnalysis;
import io.erulb.rules.analysis.Witness;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lint}: what is wrong in rule documents. */
@Command(
        name = "lint",
        synopsisHeading = "Usage: ",
        customSynopsis = "lint [--strict] FILE...",
        description = {
            "%nSays what is wrong in rule documents, all of it, one line for each fault; beneath a test that fails,",
            "the way its request takes. Of documents without faults it says what their author may not have meant:",
            "edges that no request takes, requests that end in 403 and so on, each with a request that shows it.",
            "A FILE has the document of the domain it is named for, such as t.local.json.%n"
        },
        footer = "%nExit code: 0 when nothing is wrong, 1 when something is, 2 for bad usage.")
final class LintCommand implements Callable<Integer> {
    private final Supplier<FilterTypes> types;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1..*", hidden = true)
    private List<Path> files = new ArrayList<>();

    @Option(names = "--strict", description = "End with 1 for findings as well.")
    private boolean strict;

    LintCommand(Supplier<FilterTypes> types) {
        this.types = types;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        FilterTypes known = types.get();
        int faults = 0;
        int findings = 0;
        for (Path file : files) {
            RuleFile rules = RuleFile.read(file, known);
            rules.faults().forEach(fault -> out.println(file + ": " + fault));
            faults += rules.faults().size();
            findings += rules.graph() == null ? 0 : print(file, rules.graph(), out);
        }
        return faults == 0 && (findings == 0 || !strict) ? 0 : 1;
    }

    private static int print(Path file, RuleGraph graph, PrintWriter out) {
        List<Finding> findings = new RuleAnalysis(graph).findings();
        for (Finding finding : findings) {
            out.println(file + ": " + graph.domain() + ": " + finding + " ("
                    + finding.kind().word() + ")");
            Witness witness = finding.witness();
            if (witness != null) {
                out.println("  " + shown(witness));
            }
        }
        return findings.size();
    }

    /** A request in a line, with the way it takes. */
    private static String shown(Witness witness) {
        StringBuilder line = new StringBuilder(witness.request().toString());
        witness.request()
                .fields()
                .forEach((name, values) -> values.forEach(
                        value -> line.append(" | ").append(name).append(": ").append(value)));
        line.append(" | client ").append(witness.request().client().getHostAddress());
        if (witness.at() != null) {
            line.append(" | at ").append(witness.at());
        }
        return line.append("  =>  ").append(witness.explanation().path()).toString();
    }
}

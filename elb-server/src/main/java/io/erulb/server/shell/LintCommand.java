package io.erulb.server.shell;

import io.erulb.rules.Fault;
import io.erulb.rules.FilterTypes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lint}: what is wrong in rule documents. */
@Command(
        name = "lint",
        synopsisHeading = "Usage: ",
        customSynopsis = "lint FILE...",
        description = {
            "%nSays what is wrong in rule documents, all of it, one line for each fault; beneath a test that fails,",
            "the way its request takes.",
            "A FILE has the document of the domain it is named for, such as t.local.json.%n"
        },
        footer = "%nExit code: 0 when nothing is wrong, 1 when something is, 2 for bad usage.")
final class LintCommand implements Callable<Integer> {
    private final Supplier<FilterTypes> types;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1..*", hidden = true)
    private List<Path> files = new ArrayList<>();

    LintCommand(Supplier<FilterTypes> types) {
        this.types = types;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        FilterTypes known = types.get();
        int faults = 0;
        for (Path file : files) {
            for (Fault fault : RuleFile.read(file, known).faults()) {
                out.println(file + ": " + fault);
                faults++;
            }
        }
        return faults == 0 ? 0 : 1;
    }
}

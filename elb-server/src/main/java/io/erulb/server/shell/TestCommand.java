package io.erulb.server.shell;

import io.erulb.rules.FilterTypes;
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

/** {@code test}: how the tests of rule documents come out. */
@Command(
        name = "test",
        synopsisHeading = "Usage: ",
        customSynopsis = "test FILE... [--json]",
        description = {
            "%nRuns the tests that rule documents carry, one line for each, and says why a test fails.",
            "A FILE has the document of the domain it is named for, such as t.local.json.%n"
        },
        footer = "%nExit code: 0 when all pass, 1 when one fails, 2 when a FILE can't be read or has faults, or for bad"
                + " usage.")
final class TestCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int UNTESTED = 2;

    private final Supplier<FilterTypes> types;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1..*", hidden = true)
    private List<Path> files = new ArrayList<>();

    @Option(names = "--json", description = "Prints JSON, for a program.")
    private boolean json;

    TestCommand(Supplier<FilterTypes> types) {
        this.types = types;
    }

    @Override
    public Integer call() {
        FilterTypes known = types.get();
        List<TestedFile> tested =
                files.stream().map(file -> TestedFile.of(file, known)).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(TestJson.of(tested));
        } else {
            new TestReport(out, spec.commandLine().getColorScheme().ansi()).print(tested);
        }
        return code(tested);
    }

    private static int code(List<TestedFile> tested) {
        if (tested.stream().anyMatch(file -> !file.faults().isEmpty())) {
            return UNTESTED;
        }
        return tested.stream().anyMatch(file -> file.failed() > 0) ? FAILED : 0;
    }
}

package io.erulb.server.shell;

import io.erulb.rules.FilterTypes;
import io.erulb.rules.RuleSet;
import io.erulb.rules.RuleSetException;
import io.erulb.rules.RuleTests;
import io.erulb.rules.TestResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file with the rule document of one domain, and how its tests came out.
 *
 * @param faults why they can't be run, in sentences for people; empty when they were
 */
record TestedFile(Path file, List<String> faults, List<TestResult> results) {

    /** Runs the tests of a file, if it can be read and has no faults. */
    static TestedFile of(Path file, FilterTypes types) {
        try {
            RuleSet document = RuleSet.parse(RuleFile.text(file));
            return new TestedFile(file, List.of(), RuleTests.run(RuleFile.domain(file), document, types));
        } catch (RuleSetException faulty) {
            List<String> faults = RuleFile.placed(faulty, file).stream()
                    .map(fault -> file + ": " + fault)
                    .toList();
            return new TestedFile(file, faults, List.of());
        } catch (IOException unreadable) {
            return new TestedFile(file, List.of(String.valueOf(unreadable.getMessage())), List.of());
        }
    }

    long failed() {
        return results.stream().filter(result -> !result.passed()).count();
    }
}

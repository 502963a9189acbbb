package io.erulb.rules;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Runs the tests of a rule document, the failing ones included, each by itself. {@link RuleGraph#compile} runs them as well,
 * and refuses the document of one that fails. No instances; safe for use by many threads.
 */
public final class RuleTests {
    private RuleTests() {}

    /**
     * Runs the tests that a document has.
     *
     * @param domain whose document; the host of tests whose URL names none
     * @return their results in the document's order, empty when it has no tests
     * @throws RuleSetException with every fault of the document, failing tests aside
     */
    public static List<TestResult> run(String domain, RuleSet document, FilterTypes types) {
        requireNonNull(domain, "domain");
        requireNonNull(document, "document");
        return new GraphCompiler(domain, document, requireNonNull(types, "types"), null).test();
    }
}

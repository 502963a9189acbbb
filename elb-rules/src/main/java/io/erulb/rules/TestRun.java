package io.erulb.rules;

import java.util.ArrayList;
import java.util.List;

/** Runs the tests of one document, each on every way its request may take. For one use. */
final class TestRun {
    /** More failing tests than this are counted and not explained: a document's faults have to be read by someone. */
    private static final int EXPLAINED = 10;

    private static final int MOST_WAYS = 1_000;
    private static final int MOST_WAYS_OF_ALL = 100_000;

    private final Trial trial;
    private final RuleGraph graph;
    private final Walk walk = new Walk();
    private int waysOfAll;

    private enum Outcome {
        PASSED,
        FAILED,
        TOO_MANY_WAYS
    }

    TestRun(RuleGraph real) {
        trial = new Trial(real);
        graph = trial.graph();
    }

    /** The results of all. */
    List<TestResult> results(List<RuleTest> tests) {
        List<TestResult> results = new ArrayList<>();
        for (RuleTest test : tests) {
            Outcome outcome = run(test);
            Explanation explanation = explain(test);
            results.add(new TestResult(
                    test.name(),
                    outcome == Outcome.PASSED,
                    test.expected().toString(),
                    found(outcome, explanation),
                    explanation));
        }
        return results;
    }

    /** Notes those that fail. */
    void judge(List<RuleTest> tests, FaultList faults) {
        int failing = 0;
        for (int i = 0; i < tests.size(); i++) {
            Outcome outcome = run(tests.get(i));
            if (outcome != Outcome.PASSED && ++failing <= EXPLAINED) {
                faults.add(null, "tests[" + i + "]", null, message(tests.get(i), outcome));
            }
        }
        if (failing > EXPLAINED) {
            faults.add(null, "tests", null, failing - EXPLAINED + " more of " + tests.size() + " tests fail");
        }
    }

    private String message(RuleTest test, Outcome outcome) {
        Explanation explanation = explain(test);
        String name = RuleSetWriter.print(new JsonValue.Text(test.name()));
        return name + " fails: expected " + test.expected() + ", found " + found(outcome, explanation) + "\n"
                + explanation.toText().stripTrailing();
    }

    private static String found(Outcome outcome, Explanation explanation) {
        return outcome == Outcome.TOO_MANY_WAYS
                ? "too many ways to try them all (expected: at most " + MOST_WAYS + " for a test and "
                        + MOST_WAYS_OF_ALL + " for a document; \"at\" decides filters that go by the time), one of them"
                : ExplanationText.words(explanation.decision()) + " (" + explanation.path() + ")";
    }

    /** Takes all ways, or those up to the first that is not as expected, where the trial remains. */
    private Outcome run(RuleTest test) {
        Ways ways = trial.ways(test.at());
        int most = Math.min(MOST_WAYS, MOST_WAYS_OF_ALL - waysOfAll);
        for (int count = 0; count < most; count++) {
            waysOfAll++;
            if (!holds(test, graph.decide(test.request(), walk))) {
                return Outcome.FAILED;
            }
            if (!ways.next()) {
                return Outcome.PASSED;
            }
        }
        return Outcome.TOO_MANY_WAYS;
    }

    private boolean holds(RuleTest test, Decision decision) {
        String way = test.expected().way();
        return test.expected().holds(test.request(), decision) && (way == null || way.equals(graph.path(walk)));
    }

    /** The way that the trial remained at, or one of those that were as expected. */
    private Explanation explain(RuleTest test) {
        trial.again();
        return graph.explain(test.request());
    }
}

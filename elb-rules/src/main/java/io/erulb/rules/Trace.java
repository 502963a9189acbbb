package io.erulb.rules;

import io.erulb.rules.Explanation.Outcome;
import io.erulb.rules.Explanation.Step;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down the steps of one walk. */
final class Trace {
    private final List<Step> steps = new ArrayList<>();

    List<Step> steps() {
        return steps;
    }

    void filter(FilterNode node, RequestView view, @Nullable Verdict verdict) {
        Evidence evidence = node.evidence(view);
        Outcome outcome = outcome(verdict);
        boolean matched = outcome == Outcome.MATCHED;
        String path = verdict == null ? null : verdict.path();
        steps.add(new Step(
                node.guard().rule(),
                node.guard().type(),
                evidence.seen(),
                evidence.expected(),
                verdict != null && node.capturing(verdict) ? evidence.captures().byName() : Map.of(),
                outcome,
                verdict == null ? null : matched ? "succ" : "fail",
                verdict == null ? null : GraphRule.ruleOf(node.next(verdict)),
                path == null ? null : UriPath.rooted(path)));
    }

    void terminal(TerminalNode node, @Nullable Decision decision) {
        NodeGuard guard = node.guard();
        Outcome outcome = decision == null ? Outcome.FAILED : Outcome.DECIDED;
        steps.add(new Step(guard.rule(), guard.type(), null, "", Map.of(), outcome, null, null, null));
    }

    private static Outcome outcome(@Nullable Verdict verdict) {
        if (verdict == null) {
            return Outcome.FAILED;
        }
        if (verdict == Verdict.GAVE_UP) {
            return Outcome.GAVE_UP;
        }
        return verdict.matched() ? Outcome.MATCHED : Outcome.MISSED;
    }
}

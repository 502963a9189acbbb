package io.erulb.rules.analysis;

import io.erulb.rules.GraphRule;
import io.erulb.rules.spi.Condition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A way through the graph from its first rule on, and what has to hold for a request to take it. Immutable.
 *
 * @param last the edge it ends with; null at the start
 * @param assumptions what was assumed of each subject
 * @param outcomes what each subject can be, so that this holds
 * @param given verdicts that are no matter of the request: draws and limits
 * @param rewrites how often the path was rewritten
 * @param captured the last rule that may have left captures
 */
record Way(
        @Nullable Edge last,
        Map<Subject, List<Assumption>> assumptions,
        Map<Subject, Outcome> outcomes,
        Map<String, Boolean> given,
        int rewrites,
        @Nullable GraphRule captured) {

    /** One edge that was taken, and the one before it. */
    record Edge(String rule, boolean matched, @Nullable Edge before) {}

    static Way start() {
        return new Way(null, Map.of(), Map.of(), Map.of(), 0, null);
    }

    /** The edges from the first on, as an explanation's path has them. */
    String path() {
        Deque<String> edges = new ArrayDeque<>();
        for (Edge edge = last; edge != null; edge = edge.before) {
            edges.push(edge.rule + (edge.matched ? "+" : "-"));
        }
        return String.join(" ", edges);
    }

    /** The way one edge further; null when no request can take it. */
    @Nullable
    Way take(GraphRule rule, boolean matched, Solver solver) {
        Condition condition = conditionOf(rule);
        Edge edge = new Edge(rule.name(), matched, last);
        boolean capturing = rule.capturing() && matched != condition instanceof Condition.Chance;
        GraphRule newCaptured = capturing ? rule : captured;
        Subject subject = Subject.of(condition, rewrites);
        if (subject == null) {
            return isExcluded(condition, matched) ? null : freely(rule, matched, edge, newCaptured);
        }
        List<Assumption> all = assumptionsAbout(subject);
        all.add(new Assumption(rule.name(), condition, matched));
        Outcome outcome = solver.solve(subject, all);
        if (outcome instanceof Outcome.Never) {
            return null;
        }
        int newRewrites = rewrites + (matched && condition instanceof Condition.Rewriting ? 1 : 0);
        return new Way(
                edge,
                with(assumptions, subject, all),
                with(outcomes, subject, outcome),
                given,
                newRewrites,
                newCaptured);
    }

    private Way freely(GraphRule rule, boolean matched, Edge edge, @Nullable GraphRule newCaptured) {
        Condition condition = conditionOf(rule);
        boolean chance = condition instanceof Condition.Chance || condition instanceof Condition.Share;
        int newRewrites = rewrites + (condition instanceof Condition.Unknown ? 1 : 0);
        return new Way(
                edge,
                assumptions,
                outcomes,
                chance ? with(given, rule.name(), matched) : given,
                newRewrites,
                newCaptured);
    }

    static Condition conditionOf(GraphRule rule) {
        Condition condition = rule.condition();
        if (condition == null) {
            throw new IllegalArgumentException(rule.name() + " is a terminal");
        }
        return condition;
    }

    /** Draws that always come out alike. */
    private static boolean isExcluded(Condition condition, boolean matched) {
        return condition instanceof Condition.Share share && (matched ? share.share() <= 0 : share.share() >= 1);
    }

    List<Assumption> assumptionsAbout(Subject subject) {
        return new ArrayList<>(assumptions.getOrDefault(subject, List.of()));
    }

    /** What matters of the assumptions to rules that ask of some subjects, whatever the path was rewritten to. */
    Map<Subject, Set<Assumption>> about(Predicate<Subject> asked) {
        Map<Subject, Set<Assumption>> relevant = new HashMap<>();
        assumptions.forEach((subject, all) -> {
            boolean current = subject.kind() != Subject.Kind.PATH || subject.rewrites() == rewrites;
            if (current && asked.test(new Subject(subject.kind(), subject.name(), 0))) {
                relevant.put(subject, Set.copyOf(all));
            }
        });
        return relevant;
    }

    private static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
        Map<K, V> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }
}

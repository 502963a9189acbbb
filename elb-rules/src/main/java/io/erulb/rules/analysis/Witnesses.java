package io.erulb.rules.analysis;

import io.erulb.rules.Explanation;
import io.erulb.rules.GraphRule;
import io.erulb.rules.Judge;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RequestView;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.Walk;
import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes requests for ways through a graph and has the graph itself say where they go. */
final class Witnesses {
    /** A Monday without a change of clocks anywhere near it. */
    private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);

    private static final Instant NOON = MONDAY.atTime(12, 0).toInstant(ZoneOffset.UTC);

    private final RuleGraph graph;
    private final Map<String, GraphRule> rules;
    private final RequestMaker maker;

    Witnesses(RuleGraph graph, Map<String, GraphRule> rules, Work work) {
        this.graph = graph;
        this.rules = rules;
        this.maker = new RequestMaker(graph.domain(), work);
    }

    /**
     * A request and the way it took.
     *
     * @param at the moment it is taken to come at
     * @param wanted how draws and limits are taken to come out
     * @param path the way in short
     */
    record Probe(RequestFacts request, Instant at, Map<String, Boolean> wanted, Walk walk, String path) {}

    /** A request for a way, whose path in short is as wanted; null when none is found. */
    @Nullable
    Probe find(Way way, Predicate<String> wanted) {
        Instant at = moment(way);
        for (RequestFacts request : maker.requests(way)) {
            Walk walk = new Walk();
            graph.decide(request, walk, new Given(at, way.given()));
            String path = graph.path(walk);
            if (wanted.test(path)) {
                return new Probe(request, at, way.given(), walk, path);
            }
        }
        return null;
    }

    /** The same with all its steps. */
    Witness explain(Probe probe) {
        Given given = new Given(probe.at, probe.wanted);
        Explanation explanation = graph.explain(probe.request, given);
        return new Witness(probe.request, given.timed ? probe.at : null, given.used, explanation);
    }

    /** The hour and the draws of a witness, and which of them its walk came by. */
    private final class Given implements Judge {
        private final Instant at;
        private final Map<String, Boolean> wanted;
        private final Map<String, Boolean> used = new HashMap<>();
        private boolean timed;

        Given(Instant at, Map<String, Boolean> wanted) {
            this.at = at;
            this.wanted = wanted;
        }

        @Override
        public @Nullable Verdict verdict(String name, Filter filter, RequestView request) {
            GraphRule rule = rules.get(name);
            Condition condition = rule == null ? null : rule.condition();
            if (condition instanceof Condition.Clock clock) {
                timed = true;
                return Verdict.of(clock.holds(at));
            }
            boolean draw = condition instanceof Condition.Share share && share.on() == null;
            if (!draw && !(condition instanceof Condition.Chance)) {
                return filter.test(request);
            }
            // What the way does not say: limits let pass, draws come out as most do.
            boolean usual = !(condition instanceof Condition.Share share) || share.share() >= 0.5;
            boolean verdict = wanted.getOrDefault(name, usual);
            used.put(name, verdict);
            return Verdict.of(verdict);
        }
    }

    private static Instant moment(Way way) {
        for (Outcome outcome : way.outcomes().values()) {
            if (outcome instanceof Outcome.Minute minute) {
                ZoneId zone = minute.clock().zone();
                return MONDAY.atStartOfDay()
                        .plusMinutes(minute.minute())
                        .atZone(zone)
                        .toInstant();
            }
        }
        return NOON;
    }
}

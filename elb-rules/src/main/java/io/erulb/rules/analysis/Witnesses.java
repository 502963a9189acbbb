package io.erulb.rules.analysis;

import io.erulb.rules.Explanation;
import io.erulb.rules.GraphRule;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.spi.Condition;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
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

    Witnesses(RuleGraph graph, Map<String, GraphRule> rules) {
        this.graph = graph;
        this.rules = rules;
        this.maker = new RequestMaker(graph.domain());
    }

    /** A request for a way, whose explanation is as wanted; null when none is found. */
    @Nullable
    Witness find(Way way, Predicate<Explanation> wanted) {
        Instant at = moment(way);
        for (RequestFacts request : maker.requests(way)) {
            Witness witness = explain(request, at, way.given());
            if (wanted.test(witness.explanation())) {
                return witness;
            }
        }
        return null;
    }

    private Witness explain(RequestFacts request, Instant at, Map<String, Boolean> wanted) {
        Map<String, Boolean> given = new HashMap<>();
        boolean[] timed = {false};
        Explanation explanation = graph.explain(request, name -> {
            Condition condition = rules.get(name).condition();
            if (condition instanceof Condition.Clock clock) {
                timed[0] = true;
                return holds(clock, at);
            }
            boolean draw = condition instanceof Condition.Share share && share.on() == null;
            if (!draw && !(condition instanceof Condition.Chance)) {
                return null;
            }
            // What the way does not say: limits let pass, draws come out as most do.
            boolean usual = !draw || ((Condition.Share) condition).share() >= 0.5;
            given.put(name, wanted.getOrDefault(name, usual));
            return given.get(name);
        });
        return new Witness(request, timed[0] ? at : null, given, explanation);
    }

    private static boolean holds(Condition.Clock clock, Instant at) {
        LocalDateTime there = LocalDateTime.ofInstant(at, clock.zone());
        int day = there.getDayOfWeek().getValue() - DayOfWeek.MONDAY.getValue();
        return clock.minutes().get((day * 24 + there.getHour()) * 60 + there.getMinute());
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

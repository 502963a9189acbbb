package io.erulb.routing;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a table lives with, and since when: a finding that the table before had keeps its time. */
final class Findings {
    private final Map<RoutingFault, RoutingProblem> known = new HashMap<>();
    private final Clock clock;

    Findings(List<RoutingProblem> before, Clock clock) {
        this.clock = clock;
        before.forEach(problem -> known.putIfAbsent(problem.fault(), problem));
    }

    /** What was set aside, and then what is found. */
    List<RoutingProblem> of(List<RoutingProblem> setAside, List<RoutingFault> found) {
        Instant now = clock.instant();
        List<RoutingProblem> problems = new ArrayList<>(setAside);
        found.forEach(fault -> problems.add(known.getOrDefault(fault, new RoutingProblem(fault, 0, now))));
        return problems;
    }
}

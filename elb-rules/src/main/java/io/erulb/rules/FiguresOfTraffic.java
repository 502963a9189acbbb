package io.erulb.rules;

import io.erulb.rules.GraphFigures.Edge;
import io.erulb.rules.GraphFigures.Rule;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes figures of what was counted at two moments. For one use. */
final class FiguresOfTraffic {
    private static final double NANOS = 1e9;

    private final Traffic now;
    private final @Nullable Traffic earlier;
    private final Map<RuleTally, Integer> earlierPlaces;
    private final double seconds;
    private final List<Rule> rules = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    FiguresOfTraffic(Traffic now, @Nullable Traffic earlier, Duration between) {
        this.now = now;
        this.earlier = earlier;
        this.earlierPlaces = earlier == null ? Map.of() : earlier.places();
        this.seconds = between.toNanos() / NANOS;
    }

    GraphFigures figures() {
        RuleGraph graph = now.graph();
        WrittenArgs args = new WrittenArgs(graph.document());
        Set<Node> reachable = reachable(graph.start());
        int place = 0;
        for (Node node : graph.nodes()) {
            NodeGuard guard = RuleGraph.guardOf(node);
            String written = RuleSetWriter.print(args.of(node));
            long failed = now.count(place, RuleTally.FAILED);
            rules.add(new Rule(
                    guard.rule(), guard.type(), written, reachable.contains(node), now.arrivals(place), failed));
            if (node instanceof FilterNode filter) {
                edges.add(edge(filter, RuleTally.SUCC, place));
                edges.add(edge(filter, RuleTally.FAIL, place));
            }
            place++;
        }
        return new GraphFigures(RuleGraph.guardOf(graph.start()).rule(), rules, edges);
    }

    private static Set<Node> reachable(Node start) {
        Set<Node> reachable = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>(List.of(start));
        for (Node node = open.poll(); node != null; node = open.poll()) {
            if (reachable.add(node) && node instanceof FilterNode filter) {
                open.push(filter.succ());
                open.push(filter.fail());
            }
        }
        return reachable;
    }

    private Edge edge(FilterNode filter, int way, int place) {
        boolean succ = way == RuleTally.SUCC;
        Node to = succ ? filter.succ() : filter.fail();
        long count = now.count(place, way);
        return new Edge(
                filter.guard().rule(),
                succ ? "succ" : "fail",
                nameOf(to),
                count,
                now.errors(place, way),
                Math.max(0, count - before(filter, way)) / seconds,
                count == 0 ? 0 : (double) count / now.arrivals(place),
                filter.tally().since());
    }

    private long before(FilterNode filter, int way) {
        Integer place = earlierPlaces.get(filter.tally());
        return earlier == null || place == null ? 0 : earlier.count(place, way);
    }

    private static @Nullable String nameOf(Node node) {
        return node instanceof DeadEnd ? null : RuleGraph.guardOf(node).rule();
    }
}

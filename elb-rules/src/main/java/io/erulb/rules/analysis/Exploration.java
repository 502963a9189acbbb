package io.erulb.rules.analysis;

import io.erulb.rules.GraphRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks all ways through a graph that nothing rules out, as far as they teach something: an edge that no such way takes can
 * never be taken, and each other one is shown by a request where one can be made. For one use.
 */
final class Exploration {
    private static final int MOST_STEPS = 50_000;
    private static final int MOST_ATTEMPTS = 4;
    private static final BitSet NONE = new BitSet();

    private final GraphShape shape;
    private final Witnesses witnesses;
    private final Work work;
    private final Solver solver;
    private final BitSet possible = new BitSet();
    private final BitSet settled = new BitSet();
    private final Map<Integer, Integer> attempts = new HashMap<>();
    private final Map<Integer, Witnesses.Probe> shown = new HashMap<>();
    private final Map<Integer, List<Way>> refused = new HashMap<>();
    private final Map<Ending, Witnesses.Probe> endings = new LinkedHashMap<>();

    /** Terminals that were come to, by the rule that captured last, empty for none. */
    private final Map<String, BitSet> seenEndings = new HashMap<>();

    private final Set<Place> seen = new HashSet<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private boolean complete;

    /** A way that goes on at a rule. */
    private record Open(GraphRule rule, Way way) {}

    /** All that matters from a rule on. */
    private record Place(
            String rule,
            Map<Subject, Set<Assumption>> assumptions,
            int rewrites,
            @Nullable String captured) {}

    /**
     * A terminal that wants captures, and what captured last before it.
     *
     * @param captured null when nothing did
     */
    record Ending(GraphRule terminal, @Nullable GraphRule captured) {}

    Exploration(GraphShape shape, Witnesses witnesses, Work work) {
        this.shape = shape;
        this.witnesses = witnesses;
        this.work = work;
        this.solver = new Solver(work);
    }

    Exploration explore() {
        open.push(new Open(shape.rule(shape.init()), Way.start()));
        for (int steps = 0; !open.isEmpty() && steps < MOST_STEPS && !work.isSpent(); steps++) {
            Open next = open.pop();
            if (next.rule.terminal()) {
                ends(next);
            } else if (teaches(next) && seen.add(place(next))) {
                take(next, false);
                take(next, true);
            }
        }
        complete = open.isEmpty() && !work.isSpent();
        return this;
    }

    private boolean teaches(Open next) {
        String name = next.rule.name();
        BitSet unsettled = (BitSet) shape.edgesBelow(name).clone();
        unsettled.andNot(settled);
        BitSet unseen = (BitSet) shape.expandingBelow(name).clone();
        unseen.andNot(seenEndings.getOrDefault(nameOf(next.way.captured()), NONE));
        return !unsettled.isEmpty() || !unseen.isEmpty();
    }

    private static String nameOf(@Nullable GraphRule captured) {
        return captured == null ? "" : captured.name();
    }

    private Place place(Open next) {
        String name = next.rule.name();
        GraphRule captured = next.way.captured();
        String last = captured == null || shape.expandingBelow(name).isEmpty() ? null : captured.name();
        return new Place(name, next.way.about(subject -> shape.isAskedBelow(name, subject)), next.way.rewrites(), last);
    }

    private void take(Open from, boolean succ) {
        int edge = shape.edge(from.rule, succ);
        Way way = from.way.take(from.rule, succ, solver);
        if (way == null) {
            refused.computeIfAbsent(edge, number -> new ArrayList<>()).add(from.way);
            return;
        }
        possible.set(edge);
        if (!settled.get(edge)) {
            show(edge, way);
        }
        String target = GraphShape.target(from.rule, succ);
        if (target != null) {
            open.push(new Open(shape.rule(target), way));
        }
    }

    private void show(int edge, Way way) {
        String begin = way.path();
        Witnesses.Probe probe = witnesses.find(way, path -> path.equals(begin) || path.startsWith(begin + " "));
        if (probe != null) {
            showAll(probe);
        }
        if (shown.containsKey(edge) || attempts.merge(edge, 1, Integer::sum) >= MOST_ATTEMPTS) {
            settled.set(edge);
        }
    }

    /** Every edge that a request takes is shown by it. */
    private void showAll(Witnesses.Probe probe) {
        String rule = shape.init();
        for (int i = 0; i < probe.walk().edges() && rule != null; i++) {
            GraphRule filter = shape.rule(rule);
            boolean succ = probe.walk().succ(i);
            int edge = shape.edge(filter, succ);
            shown.putIfAbsent(edge, probe);
            possible.set(edge);
            settled.set(edge);
            rule = GraphShape.target(filter, succ);
        }
    }

    private void ends(Open end) {
        if (end.rule.captureNames().isEmpty()) {
            return;
        }
        Ending ending = new Ending(end.rule, end.way.captured());
        BitSet endings = seenEndings.computeIfAbsent(nameOf(end.way.captured()), name -> new BitSet());
        if (!endings.get(shape.terminal(end.rule))) {
            endings.set(shape.terminal(end.rule));
            String whole = (end.way.path() + " " + end.rule.name()).strip();
            Witnesses.Probe probe = witnesses.find(end.way, whole::equals);
            if (probe != null) {
                this.endings.put(ending, probe);
            }
        }
    }

    /** Whether no request can take the edge: proven. */
    boolean isNever(int edge) {
        return complete && !possible.get(edge);
    }

    /** Whether the search ended before it knew about the edge. */
    boolean isUndecided(int edge) {
        return !complete && !possible.get(edge);
    }

    /** A request that takes the edge; null when none was found. */
    @Nullable
    Witness taking(int edge) {
        Witnesses.Probe probe = shown.get(edge);
        return probe == null ? null : witnesses.explain(probe);
    }

    /** The ways to an edge that can not be taken, up to before it. */
    List<Way> refused(int edge) {
        return refused.getOrDefault(edge, List.of());
    }

    /** Which terminals that want captures are come to, after which rule captured, and by which request. */
    Map<Ending, Witnesses.Probe> endings() {
        return endings;
    }

    Solver solver() {
        return solver;
    }
}

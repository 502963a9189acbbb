package io.erulb.rules.whatif;

import io.erulb.rules.Explanation;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.whatif.Comparison.Edge;
import io.erulb.rules.whatif.Comparison.Example;
import io.erulb.rules.whatif.Comparison.Flow;
import io.erulb.rules.whatif.Comparison.Unknown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A comparison on its way. For one thread. */
final class Comparing {
    private static final int EXAMPLES = 3;

    private final RuleGraph after;
    private final Conditions conditions;
    private final IdentityHashMap<RuleGraph, Set<String>> alike = new IdentityHashMap<>();
    private final Map<Move, Moved> moves = new HashMap<>();
    private final Map<String, Unsure> unknown = new TreeMap<>();
    private final Map<String, int[]> edges = new TreeMap<>();
    private @Nullable Instant first;
    private @Nullable Instant last;
    private int requests;
    private int moved;
    private int rejects;
    private int unsure;
    private int drawn;
    private int assumed;

    Comparing(RuleGraph after, Secrets secrets) {
        this.after = after;
        this.conditions = new Conditions(secrets);
    }

    private static final class Moved {
        int count;
        final List<Example> examples = new ArrayList<>();
    }

    private static final class Unsure {
        int count;
        final List<String> examples = new ArrayList<>();
    }

    void add(Kept kept) {
        requests++;
        first = first == null ? kept.at() : first;
        last = kept.at();
        Replayed replayed = replay(kept);
        if (replayed.unknown() != null) {
            unsure(kept, replayed.unknown());
            return;
        }
        drawn += replayed.after().drawn() ? 1 : 0;
        assumed += replayed.after().assumed() ? 1 : 0;
        replayed.before().edges.forEach((rule, succ) -> counts(rule)[succ ? 0 : 1]++);
        replayed.after().edges.forEach((rule, succ) -> counts(rule)[succ ? 2 : 3]++);
        Move move = replayed.move();
        if (move != null) {
            moved(kept, move);
        }
    }

    /** What would become of one request. */
    Replayed replay(Kept kept) {
        return Replayed.of(new ReplayBefore(kept, conditions), after, alike(kept.graph()));
    }

    private Set<String> alike(RuleGraph before) {
        return alike.computeIfAbsent(before, after::alike);
    }

    private int[] counts(String rule) {
        return edges.computeIfAbsent(rule, name -> new int[4]);
    }

    private void unsure(Kept kept, String rule) {
        unsure++;
        Unsure at = unknown.computeIfAbsent(rule, name -> new Unsure());
        at.count++;
        if (at.examples.size() < EXAMPLES) {
            at.examples.add(kept.toString());
        }
    }

    private void moved(Kept kept, Move move) {
        moved++;
        rejects += move.rejects() ? 1 : 0;
        Moved same = moves.computeIfAbsent(move, each -> new Moved());
        same.count++;
        if (same.examples.size() < EXAMPLES) {
            same.examples.add(example(kept));
        }
    }

    /** Walks anew, and slower: few requests are shown. */
    private Example example(Kept kept) {
        ReplayBefore was = new ReplayBefore(kept, conditions);
        Explanation before = kept.graph().explain(was.view, was);
        ReplayAfter would = new ReplayAfter(was, alike(kept.graph()));
        return new Example(kept.toString(), kept.at(), before, after.explain(would.view, would));
    }

    Comparison result() {
        return new Comparison(
                requests, first, last, moved, rejects, unsure, drawn, assumed, flows(), unknown(), edges());
    }

    private List<Flow> flows() {
        return moves.entrySet().stream()
                .map(entry -> flow(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(Flow::count)
                        .reversed()
                        .thenComparing(Flow::from)
                        .thenComparing(Flow::to))
                .limit(Comparison.MOST_FLOWS)
                .toList();
    }

    private static Flow flow(Move move, Moved moved) {
        return new Flow(move.from(), move.to(), move.differs(), moved.count, moved.examples);
    }

    private List<Unknown> unknown() {
        return unknown.entrySet().stream()
                .map(entry -> new Unknown(entry.getKey(), entry.getValue().count, entry.getValue().examples))
                .sorted(Comparator.comparingInt(Unknown::count).reversed())
                .toList();
    }

    private List<Edge> edges() {
        List<Edge> changed = new ArrayList<>();
        edges.forEach((rule, counts) -> {
            for (int edge = 0; edge < 2; edge++) {
                if (counts[edge] != counts[edge + 2]) {
                    changed.add(new Edge(rule, edge == 0 ? "succ" : "fail", counts[edge], counts[edge + 2]));
                }
            }
        });
        return changed;
    }
}

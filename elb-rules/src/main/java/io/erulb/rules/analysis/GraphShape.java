package io.erulb.rules.analysis;

import io.erulb.rules.GraphRule;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.spi.Condition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of a graph and what lies below each: which edges, terminals and subjects. Immutable once made. */
final class GraphShape {
    private final Map<String, GraphRule> rules = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final Map<String, BitSet> edgesBelow = new LinkedHashMap<>();
    private final Map<String, Set<Subject>> subjectsBelow = new LinkedHashMap<>();
    private final Map<String, Set<String>> expandingBelow = new LinkedHashMap<>();
    private final String init;

    GraphShape(RuleGraph graph) {
        this.init = graph.init();
        for (GraphRule rule : graph.rules()) {
            numbers.put(rule.name(), rules.size());
            rules.put(rule.name(), rule);
        }
        for (GraphRule rule : bottomUp()) {
            addBelow(rule);
        }
    }

    String init() {
        return init;
    }

    Map<String, GraphRule> rules() {
        return rules;
    }

    GraphRule rule(String name) {
        GraphRule rule = rules.get(name);
        if (rule == null) {
            throw new IllegalArgumentException("no rule " + name);
        }
        return rule;
    }

    /** The number of an edge, from 0 to below twice the number of rules. */
    int edge(GraphRule rule, boolean succ) {
        Integer number = numbers.get(rule.name());
        if (number == null) {
            throw new IllegalArgumentException("no rule " + rule.name());
        }
        return number * 2 + (succ ? 0 : 1);
    }

    static @Nullable String target(GraphRule rule, boolean succ) {
        return succ ? rule.succ() : rule.fail();
    }

    /** The edges of a rule and of all that can be reached from it. */
    BitSet edgesBelow(String rule) {
        return edgesBelow.getOrDefault(rule, new BitSet());
    }

    /** What a rule and those below it ask about, whatever the path was rewritten to. */
    Set<Subject> subjectsBelow(String rule) {
        return subjectsBelow.getOrDefault(rule, Set.of());
    }

    /** The terminals from a rule on that have places for captures. */
    Set<String> expandingBelow(String rule) {
        return expandingBelow.getOrDefault(rule, Set.of());
    }

    /** Every rule after those that it leads to; without recursion, as graphs may be deep. */
    private List<GraphRule> bottomUp() {
        List<GraphRule> order = new ArrayList<>();
        Set<String> entered = new HashSet<>();
        Set<String> left = new HashSet<>();
        for (GraphRule root : rules.values()) {
            Deque<GraphRule> open = new ArrayDeque<>(List.of(root));
            while (!open.isEmpty()) {
                GraphRule rule = open.peek();
                if (entered.add(rule.name())) {
                    next(rule).filter(name -> !entered.contains(name)).forEach(name -> open.push(rule(name)));
                } else if (left.add(open.pop().name())) {
                    order.add(rule);
                }
            }
        }
        return order;
    }

    private static Stream<String> next(GraphRule rule) {
        return Stream.of(rule.succ(), rule.fail()).flatMap(Stream::ofNullable);
    }

    private void addBelow(GraphRule rule) {
        BitSet edges = new BitSet();
        Set<Subject> subjects = new HashSet<>();
        Set<String> expanding = new HashSet<>();
        next(rule).forEach(name -> {
            edges.or(edgesBelow(name));
            subjects.addAll(subjectsBelow(name));
            expanding.addAll(expandingBelow(name));
        });
        Condition condition = rule.condition();
        if (condition != null) {
            edges.set(edge(rule, true));
            edges.set(edge(rule, false));
            Subject subject = Subject.of(condition, 0);
            if (subject != null) {
                subjects.add(subject);
            }
        } else if (!rule.captureNames().isEmpty()) {
            expanding.add(rule.name());
        }
        edgesBelow.put(rule.name(), edges);
        subjectsBelow.put(rule.name(), subjects);
        expandingBelow.put(rule.name(), expanding);
    }
}

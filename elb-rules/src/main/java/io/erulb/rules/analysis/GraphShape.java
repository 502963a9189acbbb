package io.erulb.rules.analysis;

import io.erulb.rules.GraphRule;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.spi.Condition;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of a graph, what leads to each, and what lies below each of a graph that is not too big. Immutable once made. */
final class GraphShape {
    /** Beyond this nothing is kept of what lies below, which takes the square of it in bits. */
    private static final int MOST_RULES = 3_000;

    private final Map<String, GraphRule> rules = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, List<Edge>> into = new HashMap<>();
    private final Map<Subject, Integer> subjects = new HashMap<>();
    private final Map<String, Below> below = new HashMap<>();
    private final String init;

    /** An edge of a rule. */
    record Edge(GraphRule from, boolean succ) {}

    /**
     * What can be come to from a rule on, by numbers.
     *
     * @param edges the edges of the rule and of those below it
     * @param asked what they ask about
     * @param expanding the terminals that have places for captures
     */
    private record Below(BitSet edges, BitSet asked, BitSet expanding) {
        Below() {
            this(new BitSet(), new BitSet(), new BitSet());
        }

        void add(Below other) {
            edges.or(other.edges);
            asked.or(other.asked);
            expanding.or(other.expanding);
        }
    }

    GraphShape(RuleGraph graph) {
        this.init = graph.init();
        for (GraphRule rule : graph.rules()) {
            numbers.put(rule.name(), rules.size());
            rules.put(rule.name(), rule);
        }
        for (GraphRule rule : rules.values()) {
            addInto(rule, true);
            addInto(rule, false);
        }
        for (GraphRule rule : isBig() ? List.<GraphRule>of() : bottomUp()) {
            below.put(rule.name(), below(rule));
        }
    }

    /** Whether the graph is too big to be walked. */
    boolean isBig() {
        return rules.size() > MOST_RULES;
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
        return number(rule) * 2 + (succ ? 0 : 1);
    }

    private int number(GraphRule rule) {
        Integer number = numbers.get(rule.name());
        if (number == null) {
            throw new IllegalArgumentException("no rule " + rule.name());
        }
        return number;
    }

    static @Nullable String target(GraphRule rule, boolean succ) {
        return succ ? rule.succ() : rule.fail();
    }

    /** The edges that lead to a rule. */
    List<Edge> into(String rule) {
        return into.getOrDefault(rule, List.of());
    }

    private void addInto(GraphRule from, boolean succ) {
        String target = target(from, succ);
        if (target != null) {
            into.computeIfAbsent(target, name -> new ArrayList<>()).add(new Edge(from, succ));
        }
    }

    private Below below(String rule) {
        Below known = below.get(rule);
        return known == null ? new Below() : known;
    }

    /** The edges of a rule and of all that can be come to from it, by their numbers. */
    BitSet edgesBelow(String rule) {
        return below(rule).edges;
    }

    /** Whether a rule or one below it asks about a subject. */
    boolean isAskedBelow(String rule, Subject subject) {
        Integer number = subjects.get(subject);
        return number != null && below(rule).asked.get(number);
    }

    /** The numbers of the terminals from a rule on that have places for captures. */
    BitSet expandingBelow(String rule) {
        return below(rule).expanding;
    }

    /** The number of a terminal, as {@link #expandingBelow} has it. */
    int terminal(GraphRule rule) {
        return number(rule);
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
        return Stream.of(true, false).flatMap(succ -> Stream.ofNullable(target(rule, succ)));
    }

    private Below below(GraphRule rule) {
        Below all = new Below();
        next(rule).forEach(name -> all.add(below(name)));
        Condition condition = rule.condition();
        if (condition != null) {
            all.edges.set(edge(rule, true));
            all.edges.set(edge(rule, false));
            Subject subject = Subject.of(condition, 0);
            if (subject != null) {
                int next = subjects.size();
                all.asked.set(subjects.computeIfAbsent(subject, one -> next));
            }
        } else if (!rule.captureNames().isEmpty()) {
            all.expanding.set(number(rule));
        }
        return all;
    }
}

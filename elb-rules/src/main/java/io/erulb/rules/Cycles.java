package io.erulb.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the cycles of a document by a walk in depth over all rules, without recursion. An edge back into the walk's own
 * path closes a cycle: with r1 -> r4 -> r1 and r4 -> r4, they are {@code [r1, r4]} and {@code [r4]}.
 */
final class Cycles {
    private final Map<String, List<String>> edges;
    private final Set<String> done = new HashSet<>();
    private final List<String> path = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<Iterator<String>> ahead = new ArrayList<>();
    private final Set<List<String>> found = new LinkedHashSet<>();

    private Cycles(Map<String, List<String>> edges) {
        this.edges = edges;
    }

    /** Each cycle once, from where it was entered. */
    static Set<List<String>> in(Map<String, List<String>> edges) {
        Cycles cycles = new Cycles(edges);
        edges.keySet().forEach(cycles::walkFrom);
        return cycles.found;
    }

    private void walkFrom(String rule) {
        enter(rule);
        while (!path.isEmpty()) {
            int last = path.size() - 1;
            if (ahead.get(last).hasNext()) {
                enter(ahead.get(last).next());
            } else {
                ahead.remove(last);
                String left = path.remove(last);
                places.remove(left);
                done.add(left);
            }
        }
    }

    private void enter(String rule) {
        Integer before = places.get(rule);
        if (before != null) {
            found.add(List.copyOf(path.subList(before, path.size())));
        } else if (!done.contains(rule)) {
            places.put(rule, path.size());
            path.add(rule);
            ahead.add(edges.getOrDefault(rule, List.of()).iterator());
        }
    }
}

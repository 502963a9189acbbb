package io.erulb.admin;

import io.erulb.routing.TableChange;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which names differed from table to table lately. Safe for use by many threads. */
final class RecentSteps {
    /** Of all steps; what they take is bounded by it. */
    private static final int MOST_NAMES = 10_000;

    /** Guarded by this: by the version that each led to. */
    private final TreeMap<Long, Names> steps = new TreeMap<>();

    /** Guarded by this: of all steps, and one more for each step. */
    private int names;

    /** Of what may differ between two tables. Immutable. */
    record Names(Set<String> domains, Set<String> upstreams, Set<String> policies) {}

    /** Takes in a step; in any order, since those who publish tell of it afterwards. */
    synchronized void add(TableChange change) {
        Names step = new Names(change.domains(), change.upstreams(), change.policies());
        steps.put(change.after().version(), step);
        names += size(step);
        while (names > MOST_NAMES) {
            names -= size(steps.pollFirstEntry().getValue());
        }
    }

    private static int size(Names step) {
        return 1 + step.domains.size() + step.upstreams.size() + step.policies.size();
    }

    /** What may differ between the tables of two versions; null when not all steps between them are known. */
    synchronized @Nullable Names between(long version, long other) {
        long from = Math.min(version, other);
        long to = Math.max(version, other);
        var between = steps.subMap(from, false, to, true);
        if (between.size() != to - from) {
            return null;
        }
        Names all = new Names(new HashSet<>(), new HashSet<>(), new HashSet<>());
        between.values().forEach(step -> {
            all.domains.addAll(step.domains);
            all.upstreams.addAll(step.upstreams);
            all.policies.addAll(step.policies);
        });
        return all;
    }
}

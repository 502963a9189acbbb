package io.erulb.rules;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How often requests left a rule by each way, and how often they ended in an error. Where a rule stays as it is, the graphs
 * before and after a change share it. Counters are striped, and made when they first count; safe for use by many threads.
 */
final class RuleTally {
    /** By the edge {@code succ}; for a terminal, by its decision. */
    static final int SUCC = 0;

    /** By the edge {@code fail}. */
    static final int FAIL = 1;

    /** Not at all, since the rule failed. */
    static final int FAILED = 2;

    /** How many sums there are: of each way those that went well, then the errors. */
    static final int SUMS = 6;

    private static final @Nullable LongAdder[] NONE = new LongAdder[SUMS];

    /** Copied when a counter is added. */
    private volatile @Nullable LongAdder[] counters = NONE;

    /** Written before the graph is shared. */
    private long since;

    void count(int way, boolean error) {
        int sum = 2 * way + (error ? 1 : 0);
        LongAdder counter = counters[sum];
        (counter != null ? counter : add(sum)).increment();
    }

    private synchronized LongAdder add(int sum) {
        LongAdder there = counters[sum];
        if (there != null) {
            return there;
        }
        LongAdder made = new LongAdder();
        @Nullable LongAdder[] more = Arrays.copyOf(counters, SUMS);
        more[sum] = made;
        counters = more;
        return made;
    }

    /** The present value of a sum. */
    long sum(int sum) {
        LongAdder counter = counters[sum];
        return counter == null ? 0 : counter.sum();
    }

    /** How many requests came to the rule. */
    long requests() {
        long requests = 0;
        for (int sum = 0; sum < SUMS; sum++) {
            requests += sum(sum);
        }
        return requests;
    }

    /** How many of them ended in an error. */
    long errors() {
        return sum(1) + sum(3) + sum(5);
    }

    /** The version that the rule came with, 0 while nobody has said. */
    long since() {
        return since;
    }

    /** Says which version the rule came with, unless that was said before. */
    void startAt(long version) {
        if (since == 0) {
            since = version;
        }
    }
}

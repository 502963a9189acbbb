package io.erulb.rules.whatif;

import static java.util.Objects.requireNonNull;

import io.erulb.rules.RequestView;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.Walk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * The last requests of a domain, for {@link WhatIf}. Of each it keeps what filters may read: method, scheme, host, path, query,
 * header fields and the client's address, with {@link Secrets} as hashes and values beyond 1,000 characters cut; and the graph
 * that decided, with the way the request took. That is at most some 10 KB for each, and often 1.
 *
 * <p>Safe for use by many threads; to record takes no lock.
 */
public final class RecentRequests {
    /** The most that can be kept. */
    public static final int MOST = 1_000_000;

    private final AtomicReferenceArray<Kept> kept;
    private final int oneIn;
    private final Secrets secrets;
    private final AtomicLong seen = new AtomicLong();

    /**
     * Keeps nothing yet.
     *
     * @param size how many to keep, 1 to {@link #MOST}
     * @param oneIn of how many one is kept, at least 1: every one
     */
    public RecentRequests(int size, int oneIn, Secrets secrets) {
        if (size < 1 || size > MOST) {
            throw new IllegalArgumentException("size: " + size + " (expected: 1 to " + MOST + ")");
        }
        if (oneIn < 1) {
            throw new IllegalArgumentException("oneIn: " + oneIn + " (expected: at least 1)");
        }
        this.kept = new AtomicReferenceArray<>(size);
        this.oneIn = oneIn;
        this.secrets = requireNonNull(secrets, "secrets");
    }

    /**
     * Records a request that was decided, in place of the oldest one when there are as many as are kept.
     *
     * @param fields the header fields, names and values by turns, in an array that is taken over; only asked for a request
     *     that is kept
     * @param graph that decided
     * @param walk what {@link RuleGraph#decide(RequestView, Walk)} wrote down; must not change any more
     */
    public void record(RequestView request, Supplier<String[]> fields, RuleGraph graph, Walk walk) {
        long number = seen.getAndIncrement();
        if (oneIn > 1) {
            if (number % oneIn != 0) {
                return;
            }
            number /= oneIn;
        }
        int slot = (int) (number % kept.length());
        kept.setRelease(slot, new Kept(number, request, fields.get(), secrets, graph, walk));
    }

    /** Of how many requests one is kept. */
    public int oneIn() {
        return oneIn;
    }

    Secrets secrets() {
        return secrets;
    }

    /** Those kept at present, oldest first. */
    List<Kept> all() {
        List<Kept> all = new ArrayList<>();
        for (int i = 0; i < kept.length(); i++) {
            Kept one = kept.getAcquire(i);
            if (one != null) {
                all.add(one);
            }
        }
        all.sort(Comparator.comparingLong(Kept::number));
        return all;
    }
}

package io.erulb.rules.filter;

import static java.util.Objects.requireNonNull;

import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.Limit;
import io.erulb.rules.spi.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** {@code rate}: at most so many requests in a time, on the whole or for each value of theirs; see {@link TokenBucket}. */
public final class RateProvider implements FilterProvider {
    private static final int KEYS = 100_000;

    /** Generations shorter than this would bring nothing but work. */
    private static final long SHORTEST_PERIOD = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoClock;

    /** Goes by {@link System#nanoTime}. */
    public RateProvider() {
        this(System::nanoTime);
    }

    /** Goes by another clock, in nanoseconds. */
    RateProvider(LongSupplier nanoClock) {
        this.nanoClock = requireNonNull(nanoClock, "nanoClock");
    }

    @Override
    public String type() {
        return "rate";
    }

    @Override
    public Filter create(FilterArgs args) {
        LimitKey key = LimitKey.read(args);
        String written = args.text("rate");
        TokenBucket.Rate rate = TokenBucket.Rate.parse(written);
        if (rate == null) {
            args.fault("rate", "expected: " + TokenBucket.Rate.EXPECTED);
            rate = new TokenBucket.Rate(1, 1);
        }
        int burst = args.integer("burst", rate.count(), 1, TokenBucket.MOST);
        int keys = args.integer("keys", KEYS, 2, 10_000_000);
        TokenBucket bucket = new TokenBucket(rate.interval(), burst);
        long period = Math.max(bucket.nanosToFill(), SHORTEST_PERIOD);
        RecentKeys<AtomicLong> buckets = new RecentKeys<>(keys, period, nanoClock.getAsLong(), TokenBucket::full);
        return new RateLimit(key, bucket, written + ", burst " + burst, buckets, nanoClock);
    }

    private record RateLimit(
            LimitKey key, TokenBucket bucket, String expected, RecentKeys<AtomicLong> buckets, LongSupplier nanoClock)
            implements Limit {
        @Override
        public Verdict take(RequestView request) {
            long now = nanoClock.getAsLong();
            return Verdict.of(bucket.take(buckets.get(key.of(request), now), now));
        }

        @Override
        public Verdict test(RequestView request) {
            long now = nanoClock.getAsLong();
            return Verdict.of(bucket.nanosToToken(fullAt(key.of(request), now), now) <= 0);
        }

        @Override
        public boolean capturing() {
            return true;
        }

        @Override
        public Evidence evidence(RequestView request) {
            long now = nanoClock.getAsLong();
            String name = key.of(request);
            long fullAt = fullAt(name, now);
            String seen = key.shown(name) + ": " + bucket.tokens(fullAt, now) + " tokens";
            return new Evidence(seen, expected, retryAfter(bucket.nanosToToken(fullAt, now)));
        }

        private long fullAt(String name, long now) {
            AtomicLong known = buckets.peek(name);
            return known == null ? now : known.get();
        }

        /** Whole seconds, as Retry-After has them (RFC 9110 10.2.3); 1 at least, as a token may have come meanwhile. */
        private static Captures retryAfter(long nanos) {
            long seconds = Math.max(1, -Math.floorDiv(-nanos, TimeUnit.SECONDS.toNanos(1)));
            String text = Long.toString(seconds);
            return Captures.of(List.of(text, text), Map.of("retry_after", 1));
        }
    }
}

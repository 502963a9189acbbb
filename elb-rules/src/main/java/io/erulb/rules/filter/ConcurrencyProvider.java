package io.erulb.rules.filter;

import static java.util.Objects.requireNonNull;

import io.erulb.rules.RequestView;
import io.erulb.rules.filter.GradientLimit.Settings;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.Limit;
import io.erulb.rules.spi.Verdict;
import java.util.function.LongSupplier;

/**
 * {@code concurrency}: at most so many requests under way, on the whole or for each value of theirs, or as many as response
 * times allow; see {@link GradientLimit}.
 */
public final class ConcurrencyProvider implements FilterProvider {
    private static final int MOST = 1_000_000;

    private final LongSupplier nanoClock;

    /** Goes by {@link System#nanoTime}. */
    public ConcurrencyProvider() {
        this(System::nanoTime);
    }

    /** Goes by another clock, in nanoseconds. */
    ConcurrencyProvider(LongSupplier nanoClock) {
        this.nanoClock = requireNonNull(nanoClock, "nanoClock");
    }

    @Override
    public String type() {
        return "concurrency";
    }

    @Override
    public Filter create(FilterArgs args) {
        int most = args.integer("most", MOST, 1, MOST);
        boolean adaptive = args.has("adaptive");
        LimitKey key = LimitKey.read(args);
        if (adaptive && args.has("most")) {
            args.fault("most", "expected: either most or adaptive");
        } else if (!adaptive && !args.has("most")) {
            args.fault("most", "missing (expected: either most or adaptive)");
        }
        if (!adaptive) {
            return new FixedLimit(key, most, new UnderWay());
        }
        if (key.value() != null) {
            args.fault("on", "expected: domain, as adaptive has one limit for the whole rule");
        }
        return new AdaptiveLimit(
                new GradientLimit(settings(args.object("adaptive")), nanoClock.getAsLong()), nanoClock);
    }

    private static Settings settings(FilterArgs args) {
        int min = args.integer("min", 10, 1, MOST);
        int max = args.integer("max", Math.max(min, 1_000), 1, MOST);
        int initial = args.integer("initial", Math.max(min, Math.min(max, 100)), 1, MOST);
        double tolerance = args.has("tolerance") ? args.number("tolerance", 1, 10) : 1.5;
        if (max < min) {
            args.fault("max", "expected: at least min, which is " + min);
        } else if (initial < min || initial > max) {
            args.fault("initial", "expected: an integer from min to max, which are " + min + " and " + max);
        }
        return new Settings(initial, min, max, tolerance);
    }

    /** A request that is over already may refuse to tell of its end. */
    private static void whenDone(RequestView request, Runnable leave) {
        try {
            request.whenDone(leave);
        } catch (RuntimeException over) {
            leave.run();
            throw over;
        }
    }

    private record FixedLimit(LimitKey key, int most, UnderWay underWay) implements Limit {
        @Override
        public Verdict take(RequestView request) {
            String name = key.of(request);
            if (!underWay.enter(name, most)) {
                return Verdict.MISS;
            }
            whenDone(request, () -> underWay.leave(name));
            return Verdict.MATCH;
        }

        @Override
        public Verdict test(RequestView request) {
            return Verdict.of(underWay.of(key.of(request)) < most);
        }

        @Override
        public Evidence evidence(RequestView request) {
            String name = key.of(request);
            return Evidence.of(key.shown(name) + ": " + underWay.of(name) + " under way", "fewer than " + most);
        }
    }

    private record AdaptiveLimit(GradientLimit gradient, UnderWay underWay, LongSupplier nanoClock) implements Limit {
        private static final String ALL = "";

        AdaptiveLimit(GradientLimit gradient, LongSupplier nanoClock) {
            this(gradient, new UnderWay(), nanoClock);
        }

        @Override
        public Verdict take(RequestView request) {
            if (!underWay.enter(ALL, gradient.limit())) {
                return Verdict.MISS;
            }
            long begun = nanoClock.getAsLong();
            whenDone(request, () -> ended(begun));
            return Verdict.MATCH;
        }

        private void ended(long begun) {
            long now = nanoClock.getAsLong();
            gradient.ended(now - begun, underWay.leave(ALL), now);
        }

        @Override
        public Verdict test(RequestView request) {
            return Verdict.of(underWay.of(ALL) < gradient.limit());
        }

        @Override
        public Evidence evidence(RequestView request) {
            return Evidence.of(underWay.of(ALL) + " under way", "fewer than " + gradient.limit());
        }
    }
}

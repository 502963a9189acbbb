package io.erulb.rules.filter;

import static java.util.Objects.requireNonNull;

import io.erulb.rules.RequestValue;
import io.erulb.rules.RequestView;
import io.erulb.rules.StableHash;
import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.Verdict;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** {@code split}: a share of the requests, drawn at random or by the hash of a value of theirs. */
public final class SplitProvider implements FilterProvider {
    private final DoubleSupplier random;

    /** Draws from each thread's own generator. */
    public SplitProvider() {
        this(() -> ThreadLocalRandom.current().nextDouble());
    }

    /** Draws numbers from 0 up to 1 from elsewhere. */
    SplitProvider(DoubleSupplier random) {
        this.random = requireNonNull(random, "random");
    }

    @Override
    public String type() {
        return "split";
    }

    @Override
    public Filter create(FilterArgs args) {
        double share = args.number("percent", 0, 100) / 100;
        String salt = args.text("salt", args.rule());
        String on = args.text("on", "");
        if (!args.has("on")) {
            return new RandomSplit(share, random);
        }
        RequestValue key = RequestValue.parse(on);
        if (key == null) {
            args.fault("on", "expected: " + RequestValue.EXPECTED);
            return new RandomSplit(share, random);
        }
        return new HashSplit(share, key, salt);
    }

    private static String percent(double share) {
        return "below " + share * 100 + " %";
    }

    private record RandomSplit(double share, DoubleSupplier random) implements Filter {
        @Override
        public Verdict test(RequestView request) {
            return Verdict.of(random.getAsDouble() < share);
        }

        @Override
        public Evidence evidence(RequestView request) {
            return Evidence.of("a random draw", percent(share));
        }

        @Override
        public Condition condition() {
            return new Condition.Share(share, null, "");
        }
    }

    private record HashSplit(double share, RequestValue key, String salt) implements Filter {
        @Override
        public Verdict test(RequestView request) {
            String value = key.of(request);
            return Verdict.of(value != null && StableHash.fraction(salt, value) < share);
        }

        @Override
        public Evidence evidence(RequestView request) {
            String value = key.of(request);
            String expected = key + " " + percent(share);
            return Evidence.of(
                    value == null ? null : value + " at " + StableHash.fraction(salt, value) * 100 + " %", expected);
        }

        @Override
        public Condition condition() {
            return new Condition.Share(share, key, salt);
        }
    }
}

package io.erulb.upstream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a server is left out beside its {@code max_fails}, and how it comes back. Immutable.
 *
 * @param checks whether servers are checked, and what one counts as that was not checked yet
 * @param ejection when a server is ejected for what it answers; null: never
 * @param panicPercent when fewer than this share of the servers is in, all are used as if they were; 0 to 100, 0: never
 * @param slowStart how long a server takes from when it comes, or comes back, to its full weight; zero: no time
 */
public record HealthOptions(Checks checks, @Nullable EjectionRule ejection, int panicPercent, Duration slowStart) {
    private static final int ALL = 100;
    private static final HealthOptions DEFAULTS = new HealthOptions(Checks.NONE, null, 0, Duration.ZERO);

    /** Whether servers are checked, and what one counts as before its first check is done. */
    public enum Checks {
        /** Nothing is checked; what checks found earlier does not count. */
        NONE,
        /** A server is in until checks find it down. */
        UP_AT_FIRST,
        /** A server is out until a check passes. */
        DOWN_AT_FIRST
    }

    /** Refuses nulls and, with {@link IllegalArgumentException}, numbers out of range. */
    public HealthOptions {
        requireNonNull(checks, "checks");
        if (panicPercent < 0 || panicPercent > ALL) {
            throw new IllegalArgumentException("panicPercent: " + panicPercent + " (expected: 0 to 100)");
        }
        if (slowStart.isNegative()) {
            throw new IllegalArgumentException("slowStart: " + slowStart + " (expected: no negative time)");
        }
    }

    /** No checks, no ejection, no panic, no slow start. */
    public static HealthOptions defaults() {
        return DEFAULTS;
    }

    /** These options with or without checks. */
    public HealthOptions withChecks(Checks other) {
        return new HealthOptions(other, ejection, panicPercent, slowStart);
    }

    /** These options with another rule of ejection. */
    public HealthOptions withEjection(@Nullable EjectionRule rule) {
        return new HealthOptions(checks, rule, panicPercent, slowStart);
    }

    /** These options with another threshold, 0 to 100. */
    public HealthOptions withPanicPercent(int percent) {
        return new HealthOptions(checks, ejection, percent, slowStart);
    }

    /** These options with another time to full weight. */
    public HealthOptions withSlowStart(Duration time) {
        return new HealthOptions(checks, ejection, panicPercent, time);
    }
}

package io.erulb.upstream.health;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How the servers of an upstream are checked. Immutable.
 *
 * @param probes what looks at each
 * @param interval from the beginning of one check to that of the next
 * @param rise checks in a row that must pass to bring a server in, 1 to 100
 * @param fall checks in a row that must fail to take it out, 1 to 100
 */
public record CheckPlan(Probe.Maker probes, Duration interval, int rise, int fall) {
    private static final int MOST = 100;

    /** Refuses what is out of range with {@link IllegalArgumentException}. */
    public CheckPlan {
        requireNonNull(probes, "probes");
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval: " + interval + " (expected: more than 0)");
        }
        if (rise < 1 || fall < 1 || rise > MOST || fall > MOST) {
            throw new IllegalArgumentException("rise, fall: " + rise + ", " + fall + " (expected: 1 to " + MOST + ")");
        }
    }
}

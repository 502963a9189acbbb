package io.erulb.upstream.health;

import io.erulb.upstream.CheckResult;
import io.erulb.upstream.testing.TestClock;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Checks in a time that a test lets pass, in steps, and what was begun when. */
final class ChecksScene {
    static final Duration TICK = Duration.ofMillis(20);
    static final CheckResult PASSED = new CheckResult(true, "status 200");

    final TestClock clock = new TestClock();
    final HealthChecks checks = new HealthChecks(clock, new Random(1));
    final List<Check> begun = new ArrayList<>();
    /** Every two seconds; two in a row count. */
    final CheckPlan plan = new CheckPlan(this::probe, Duration.ofSeconds(2), 2, 2);

    private final long start = clock.getAsLong();

    /** A check that was begun, so many milliseconds after the start. */
    record Check(String address, long millis, Probe.Done done) {}

    Probe probe(InetSocketAddress address) {
        return done -> begun.add(new Check(address.getAddress().getHostAddress(), millis(), done));
    }

    private long millis() {
        return Duration.ofNanos(clock.getAsLong() - start).toMillis();
    }

    /** Lets time pass, in which no check ends. */
    void pass(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
            clock.pass(TICK);
            checks.run(Integer.MAX_VALUE);
        }
    }

    /** Lets time pass, in which every check ends at once with a result. */
    void pass(Duration time, CheckResult result) {
        int known = begun.size();
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
            pass(TICK);
            begun.subList(known, begun.size()).forEach(check -> check.done.with(result));
            known = begun.size();
        }
    }
}

package io.erulb.proxy.health;

import java.util.ArrayList;
import java.util.List;

/** The checks that run, and their time-outs: kept to as closely as it is looked at. Confined to the thread of the checks. */
final class RunningChecks {
    private final List<Check> running = new ArrayList<>();

    void add(Check check) {
        running.add(check);
    }

    /** Ends those whose time is over, and forgets those that are. */
    void expire(long now) {
        running.removeIf(Check::isOver);
        // Whoever hears of an end may begin another check.
        for (Check check : List.copyOf(running)) {
            if (now - check.deadline() >= 0) {
                check.expired();
            }
        }
    }
}

package io.erulb.server;

import java.time.Duration;

/**
 * How a cycle went.
 *
 * @param cycle what happened
 * @param inForce from the end of the fault until what was written right after it was in force
 * @param equal from the last write of all until all that was in force equalled etcd's
 * @param requests that clients sent meanwhile
 */
record FaultResult(FaultCycle cycle, Duration inForce, Duration equal, SteadyLoad.Count requests) {
    private static final Duration SOON = Duration.ofSeconds(5);

    boolean isLate() {
        return inForce.compareTo(cycle.bound()) > 0 || equal.compareTo(SOON) > 0;
    }

    @Override
    public String toString() {
        return cycle + ": in force after " + inForce.toMillis() + " ms, all equal " + equal.toMillis()
                + " ms after the last write" + (isLate() ? ", LATE" : "");
    }
}

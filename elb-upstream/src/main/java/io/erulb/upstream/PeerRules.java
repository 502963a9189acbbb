package io.erulb.upstream;

import io.erulb.upstream.HealthOptions.Checks;
import org.jspecify.annotations.Nullable;

/**
 * What a peer goes by beside its server's parameters. Immutable.
 *
 * @param failures when failures take it out
 * @param ejection when its answers do; null: never
 * @param hedge when a second server is asked beside it; null: never
 * @param checks what checks mean
 * @param panics whether it is used although checks have it out, when too few are in
 * @param maxConns attempts it may have at a time; 0: any number
 * @param slowStartNanos how long it takes to its full weight
 */
record PeerRules(
        FailureRule failures,
        @Nullable EjectionRule ejection,
        @Nullable HedgeRule hedge,
        Checks checks,
        boolean panics,
        int maxConns,
        long slowStartNanos) {

    /** Those of a server; {@code only} when it is the only one there is. */
    static PeerRules of(ServerSpec spec, UpstreamOptions options, boolean only) {
        HealthOptions health = options.health();
        return new PeerRules(
                // nginx never leaves out the only server there is.
                only ? FailureRule.NEVER : FailureRule.of(spec),
                health.ejection(),
                options.hedge(),
                health.checks(),
                health.panicPercent() > 0,
                spec.maxConns() > 0 ? spec.maxConns() : options.maxConns(),
                health.slowStart().toNanos());
    }
}

package io.erulb.upstream;

import java.time.Duration;

/**
 * When a server is ejected: left out for a while for what it answers, as Envoy's outlier detection does it. Immutable.
 *
 * <p>An answer counts as an error when its status is 500 or more, and so does a failure to answer at all. Gateway errors are
 * those of status 502, 503 and 504 and failures to answer. By the rate of success a server is ejected that answered clearly
 * fewer requests of an interval well than the others did: fewer than their mean less so many standard deviations.
 *
 * <p>The first ejection lasts {@code time}, the next twice that, and so on up to {@code most}; each interval without one takes
 * a step back.
 *
 * @param consecutiveErrors errors in a row that eject; 0: any number is fine
 * @param consecutiveGatewayErrors the same of gateway errors
 * @param successRate how the rate of success ejects
 * @param interval how long successes are counted, and after which time a step is taken back
 * @param time how long the first ejection lasts
 * @param most how long one lasts at most
 * @param maxPercent the greatest share of the servers that is ejected at a time, 1 to 100; one always may be, but for the only
 *     one
 */
public record EjectionRule(
        int consecutiveErrors,
        int consecutiveGatewayErrors,
        SuccessRate successRate,
        Duration interval,
        Duration time,
        Duration most,
        int maxPercent) {

    /**
     * How the rate of success ejects.
     *
     * @param deviations standard deviations below the mean; 0: it doesn't
     * @param minServers servers with enough requests that it takes to tell what is usual
     * @param minRequests requests of an interval that it takes to tell of a server
     */
    public record SuccessRate(double deviations, int minServers, int minRequests) {
        /** Envoy's: 1.9 deviations, 5 servers, 100 requests. */
        public static final SuccessRate USUAL = new SuccessRate(1.9, 5, 100);

        /** The rate of success does not eject. */
        public static final SuccessRate OFF = new SuccessRate(0, 1, 1);
    }

    /** 5 errors in a row of either kind, the usual rate, 10 s, 30 s up to 5 min, and 30 % of the servers. */
    public static EjectionRule defaults() {
        return new EjectionRule(
                5, 5, SuccessRate.USUAL, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(5), 30);
    }
}

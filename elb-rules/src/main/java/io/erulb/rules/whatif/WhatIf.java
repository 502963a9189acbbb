package io.erulb.rules.whatif;

import static java.util.Objects.requireNonNull;

import io.erulb.rules.RuleGraph;

/**
 * Goes over the requests kept with other rules.
 *
 * <p>Where a rule has the same name, type and arguments as one that the request came by, and sees the same path, its verdict
 * is the one that was given: so random shares, times, limits and what goes by secrets are as they were. Any other rule is
 * asked. One that reads what is kept as a hash only, or was cut, can't tell: such a request counts as unsure, unless the rule
 * only wants to know whether it is there. A random share is drawn so that it comes out the same each time, a time window asked
 * for the time the request came, and a limit lets pass.
 */
public final class WhatIf {
    private WhatIf() {}

    /**
     * Compares what was made of the requests with what other rules would make of them. Takes some microseconds for each
     * request; may be called while requests are recorded.
     *
     * @param after the other rules, compiled without those before, whose limits would tell of now
     */
    public static Comparison compare(RecentRequests requests, RuleGraph after) {
        Comparing comparing = new Comparing(requireNonNull(after, "after"), requests.secrets());
        requests.all().forEach(comparing::add);
        return comparing.result();
    }
}

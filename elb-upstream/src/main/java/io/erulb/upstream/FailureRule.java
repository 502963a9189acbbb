package io.erulb.upstream;

/**
 * When a peer is left out.
 *
 * @param maxFails failures that take it out; 0: never
 * @param timeoutNanos how long a failure is remembered and a peer left out
 */
record FailureRule(int maxFails, long timeoutNanos) {
    static final FailureRule NEVER = new FailureRule(0, 0);

    static FailureRule of(ServerSpec spec) {
        return spec.maxFails() == 0
                ? NEVER
                : new FailureRule(spec.maxFails(), spec.failTimeout().toNanos());
    }
}

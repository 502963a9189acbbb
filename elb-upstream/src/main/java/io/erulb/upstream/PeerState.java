package io.erulb.upstream;

import io.erulb.upstream.CheckRecord.Verdict;

/** What lives on while a server is configured anew: all that is remembered of one address of one upstream. */
final class PeerState {
    private final UpstreamState upstream;
    private final FailureWindow failures;
    private final InFlight inFlight = new InFlight();
    private final PeakEwma latency;
    private final Conduct conduct;
    private final Ramp ramp = new Ramp();
    private volatile CheckRecord checks = CheckRecord.NOTHING;

    PeerState(UpstreamState upstream) {
        this.upstream = upstream;
        this.failures = new FailureWindow(upstream::now, upstream.changes());
        this.latency = new PeakEwma(upstream::now);
        this.conduct = new Conduct(upstream);
    }

    UpstreamState upstream() {
        return upstream;
    }

    FailureWindow failures() {
        return failures;
    }

    PeakEwma latency() {
        return latency;
    }

    InFlight inFlight() {
        return inFlight;
    }

    Conduct conduct() {
        return conduct;
    }

    Ramp ramp() {
        return ramp;
    }

    CheckRecord checks() {
        return checks;
    }

    /** Nothing is checked any more; when checks begin again, they begin anew. */
    void forgetChecks() {
        checks = CheckRecord.NOTHING;
    }

    /** Takes in a check; those of one address come one after the other. */
    void checked(CheckResult result, int needed) {
        Verdict before = checks.verdict();
        CheckRecord next = checks.next(result, needed, upstream.now());
        checks = next;
        if (next.verdict() != before) {
            upstream.changes().incrementAndGet();
        }
    }
}

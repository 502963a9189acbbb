package io.erulb.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/** What lives on while a server is configured anew: all that is remembered of one address of one upstream. */
final class PeerState {
    private final FailureWindow failures;
    private final InFlight inFlight = new InFlight();

    PeerState(UpstreamOptions options, AtomicInteger changes) {
        this.failures = new FailureWindow(options.nanoClock(), changes);
    }

    FailureWindow failures() {
        return failures;
    }

    InFlight inFlight() {
        return inFlight;
    }
}

package io.erulb.proxy.health;

import io.erulb.proxy.http1.client.UpstreamConnection;
import io.erulb.upstream.CheckResult;
import io.erulb.upstream.health.Probe;
import java.time.Duration;

/** Makes a connection; passes when it is there. */
final class TcpCheck extends Check {

    TcpCheck(Place place, Duration timeout, Probe.Done done) {
        super(place, timeout, done);
    }

    @Override
    void begin(UpstreamConnection fresh) {
        end(new CheckResult(true, "connected"));
    }
}

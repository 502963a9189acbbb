package io.erulb.proxy.health;

import io.erulb.proxy.http1.client.UpstreamConnection;
import io.erulb.upstream.CheckResult;
import java.time.Duration;

/** Makes a connection; passes when it is there. */
final class TcpCheck extends Check {

    TcpCheck(Place place, Duration timeout) {
        super(place, timeout);
    }

    @Override
    boolean reuses() {
        return false;
    }

    @Override
    void begin(UpstreamConnection usable) {
        end(new CheckResult(true, "connected"));
    }
}

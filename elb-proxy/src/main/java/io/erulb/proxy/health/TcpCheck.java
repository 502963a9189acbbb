package io.erulb.proxy.health;

import io.erulb.proxy.http1.client.ConnectCall;
import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.http1.client.UpstreamConnection;
import io.erulb.upstream.CheckResult;
import java.time.Duration;

/** Makes a connection; passes when it is there. */
final class TcpCheck extends Check {

    TcpCheck(Place place, Duration timeout) {
        super(place, timeout);
    }

    @Override
    void connect(ConnectCall call) {
        io().connect(address(), call, IoLocal.Reuse.NEVER);
    }

    @Override
    void begin(UpstreamConnection fresh) {
        end(new CheckResult(true, "connected"));
    }
}

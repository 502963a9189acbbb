package io.erulb.proxy.health;

import io.erulb.proxy.http1.client.RequestHead;
import io.erulb.proxy.http1.client.ResponseHead;
import io.erulb.proxy.http1.client.UpstreamConnection;
import io.erulb.routing.policy.CheckPolicy;
import io.erulb.routing.policy.CheckPolicy.Expected;
import io.erulb.routing.policy.CheckPolicy.Request;
import io.erulb.upstream.CheckResult;
import io.erulb.upstream.health.Probe;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Sends a request; passes when the status is one that is expected, and the body has what is expected in it. */
final class HttpCheck extends Check {
    private static final String AGENT = "elb-check";

    /** Where the beginning of a body does not tell, the rest need not be looked at. */
    private static final int MOST_BODY = 64 * 1024;

    private final Request request;
    private final Expected expected;
    private final boolean keep;
    /** Null where any body will do. */
    private final @Nullable ByteArrayOutputStream body;

    private @Nullable CheckResult result;
    private long received;

    HttpCheck(Place place, CheckPolicy policy, Probe.Done done) {
        super(place, policy.timeout(), done);
        this.request = policy.request();
        this.expected = policy.expected();
        this.keep = policy.reuse();
        this.body = expected.body() == null ? null : new ByteArrayOutputStream();
    }

    @Override
    void begin(UpstreamConnection fresh) throws IOException {
        fresh.begin(this);
        RequestHead head = io().requestHead()
                .begin(Methods.fromString(request.method()), request.target())
                .field(Headers.HOST, host())
                .field(Headers.USER_AGENT, AGENT);
        if (!keep) {
            head.field(Headers.CONNECTION, "close");
        }
        fresh.write(head.end());
        fresh.requestSent();
    }

    private String host() {
        String configured = request.host();
        if (configured != null) {
            return configured;
        }
        InetAddress address = address().getAddress();
        String literal =
                address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        return literal + ":" + address().getPort();
    }

    @Override
    public boolean isHead() {
        return request.method().equals("HEAD");
    }

    @Override
    public void head(ResponseHead head) {
        String reason = "status " + head.status();
        boolean passes = expected.statuses().has(head.status());
        if (!passes) {
            end(failed(reason));
        } else {
            result = new CheckResult(true, reason);
        }
    }

    @Override
    public boolean body(ByteBuffer data, boolean last) {
        received += data.remaining();
        if (body != null && body.size() < MOST_BODY) {
            byte[] part = new byte[Math.min(data.remaining(), MOST_BODY - body.size())];
            data.get(part);
            body.writeBytes(part);
        }
        if (last) {
            end();
        } else if (received >= MOST_BODY) {
            finish();
        }
        return received < MOST_BODY;
    }

    @Override
    public void end() {
        released();
        finish();
    }

    private void finish() {
        String wanted = expected.body();
        boolean there = body == null
                || wanted == null
                || body.toString(StandardCharsets.UTF_8).contains(wanted);
        end(there ? result : failed("the body has no \"" + wanted + "\" in it"));
    }
}

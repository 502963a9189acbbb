package io.erulb.proxy.health;

import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.http1.client.RequestHead;
import io.erulb.proxy.http1.client.ResponseHead;
import io.erulb.proxy.http1.client.UpstreamConnection;
import io.erulb.routing.policy.CheckPolicy;
import io.erulb.routing.policy.CheckPolicy.Request;
import io.erulb.routing.policy.StatusSet;
import io.erulb.upstream.CheckResult;
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

    private static final @Nullable CheckResult[] PASSED = new CheckResult[1000];

    private final boolean isHead;
    private final StatusSet statuses;
    /** Null where any body will do. */
    private final @Nullable String wanted;

    private final boolean keep;
    private final IoLocal.Layer layer;
    private final byte[] head;
    private @Nullable CheckResult result;
    /** Null where any body will do. */
    private @Nullable ByteArrayOutputStream body;

    private long received;

    /** {@code layer} lies over every connection; by HTTPS none is kept. */
    HttpCheck(Place place, CheckPolicy policy, IoLocal.Layer layer) {
        super(place, policy.timeout());
        this.isHead = policy.request().method().equals("HEAD");
        this.statuses = policy.expected().statuses();
        this.wanted = policy.expected().body();
        this.keep = policy.reuse() && policy.type() == CheckPolicy.Type.HTTP;
        this.layer = layer;
        this.head = head(policy.request());
    }

    private byte[] head(Request request) {
        RequestHead writer = io().requestHead()
                .begin(Methods.fromString(request.method()), request.target())
                .field(Headers.HOST, host(request))
                .field(Headers.USER_AGENT, AGENT);
        if (!keep) {
            writer.field(Headers.CONNECTION, "close");
        }
        ByteBuffer written = writer.end();
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        return bytes;
    }

    @Override
    IoLocal.Layer layer() {
        return layer;
    }

    @Override
    boolean reuses() {
        return keep;
    }

    @Override
    void begin(UpstreamConnection usable) throws IOException {
        result = null;
        body = wanted == null ? null : new ByteArrayOutputStream();
        received = 0;
        usable.begin(this);
        usable.write(io().requestHead().again(head));
        usable.requestSent();
    }

    private String host(Request request) {
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
        return isHead;
    }

    @Override
    public void head(ResponseHead head) {
        int status = head.status();
        if (statuses.has(status)) {
            result = passed(status);
        } else {
            end(failed("status " + status));
        }
    }

    /** One of each is enough; should two threads make the same, either will do. */
    private static CheckResult passed(int status) {
        CheckResult known = PASSED[status];
        if (known == null) {
            known = new CheckResult(true, "status " + status);
            PASSED[status] = known;
        }
        return known;
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
        boolean there = body == null
                || wanted == null
                || body.toString(StandardCharsets.UTF_8).contains(wanted);
        end(there ? result : failed("the body has no \"" + wanted + "\" in it"));
    }
}

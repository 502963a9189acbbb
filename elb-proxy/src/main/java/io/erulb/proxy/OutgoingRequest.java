package io.erulb.proxy;

import io.erulb.proxy.http1.HopByHop;
import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.http1.client.RequestHead;
import io.erulb.rules.Decision;
import io.erulb.rules.HeaderField;
import io.erulb.rules.UriPath;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The request as it goes to a server: the client's, but for what ends at this hop and what the rules set. */
final class OutgoingRequest {
    private static final HttpString REAL_IP = new HttpString("X-Real-IP");
    private static final HttpString REMOTE_HOST = new HttpString("REMOTE-HOST");

    /** Fields written by the proxy itself, so the client's are not passed on. */
    private static final Set<HttpString> OURS = Set.of(REAL_IP, REMOTE_HOST, Headers.X_FORWARDED_FOR, Headers.HOST);

    /** nginx's {@code proxy_next_upstream} holds these back unless told {@code non_idempotent}. */
    private static final Set<HttpString> NOT_REPEATABLE = Set.of(Methods.POST, Methods.PATCH, Methods.LOCK);

    private final HttpServerExchange exchange;
    private final RequestTarget target;
    private final Decision.Forward forward;
    private final @Nullable String upgrade;

    OutgoingRequest(
            HttpServerExchange exchange, RequestTarget target, Decision.Forward forward, ForwardingSettings settings) {
        this.exchange = exchange;
        this.target = target;
        this.forward = forward;
        this.upgrade = upgrade(exchange, settings.upgrades());
    }

    private static @Nullable String upgrade(HttpServerExchange exchange, Set<String> allowed) {
        HeaderMap fields = exchange.getRequestHeaders();
        String protocol = fields.getFirst(Headers.UPGRADE);
        if (protocol == null || !exchange.isHttp11() || !exchange.isRequestComplete()) {
            return null;
        }
        boolean asked = HopByHop.connectionOptions(fields).stream().anyMatch("upgrade"::equalsIgnoreCase);
        return asked && allowed.contains(protocol.toLowerCase(Locale.ROOT)) ? protocol : null;
    }

    /** Whether sending it twice does no harm that sending it once doesn't (RFC 9110 9.2.2). */
    boolean isRepeatable() {
        return isRepeatable(exchange);
    }

    static boolean isRepeatable(HttpServerExchange exchange) {
        return !NOT_REPEATABLE.contains(exchange.getRequestMethod());
    }

    boolean isHead() {
        return exchange.getRequestMethod().equals(Methods.HEAD);
    }

    /** The protocol the client wants to switch to, if it may. */
    @Nullable
    String upgrade() {
        return upgrade;
    }

    /** The head as bytes, valid until the next one is made on this thread. */
    ByteBuffer head(IoLocal io, boolean chunked) {
        HeaderMap fields = exchange.getRequestHeaders();
        List<String> ended = HopByHop.connectionOptions(fields);
        RequestHead head = io.requestHead().begin(exchange.getRequestMethod(), target());
        own(head, Headers.HOST, target.host());
        head.fields(fields, name -> passes(name, ended, chunked));
        String client = io.textOf(exchange.getSourceAddress().getAddress());
        String before = isListed(Headers.X_FORWARDED_FOR, ended) ? null : joined(fields);
        own(head, Headers.X_FORWARDED_FOR, before == null ? client : before + ", " + client);
        own(head, REAL_IP, client);
        own(head, REMOTE_HOST, client);
        for (HeaderField set : forward.headers()) {
            set.values().forEach(value -> head.field(set.name(), value));
        }
        if (chunked) {
            head.field(Headers.TRANSFER_ENCODING, "chunked");
        }
        if (upgrade != null) {
            head.field(Headers.CONNECTION, "Upgrade").field(Headers.UPGRADE, upgrade);
        }
        return head.end();
    }

    private String target() {
        String path = forward.path() == null ? target.path() : UriPath.encode(forward.path());
        return target.query().isEmpty() ? path : path + target.query();
    }

    private boolean passes(HttpString name, List<String> ended, boolean chunked) {
        if (name.equals(Headers.CONTENT_LENGTH)) {
            // It frames the body, so it goes exactly when the body goes by it, whatever Connection names.
            return !chunked;
        }
        return !OURS.contains(name) && !HopByHop.isHopByHop(name) && !isSetByRules(name) && !isListed(name, ended);
    }

    private static boolean isListed(HttpString name, List<String> ended) {
        return !ended.isEmpty() && ended.stream().anyMatch(name::equalToString);
    }

    private void own(RequestHead head, HttpString name, String value) {
        if (!isSetByRules(name)) {
            head.field(name, value);
        }
    }

    private boolean isSetByRules(HttpString name) {
        List<HeaderField> set = forward.headers();
        for (int i = 0; i < set.size(); i++) {
            if (name.equalToString(set.get(i).name())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String joined(HeaderMap fields) {
        var values = fields.get(Headers.X_FORWARDED_FOR);
        if (values == null) {
            return null;
        }
        return values.size() == 1 ? values.getFirst() : String.join(", ", values);
    }
}

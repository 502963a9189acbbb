package io.erulb.proxy;

import io.erulb.proxy.http1.HopByHop;
import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.http1.client.RequestHead;
import io.erulb.rules.Decision;
import io.erulb.rules.HeaderField;
import io.erulb.rules.UriPath;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The request as it goes to a server: the client's, but for what ends at this hop and what the rules set. */
final class OutgoingRequest {
    /** nginx's {@code proxy_next_upstream} holds these back unless told {@code non_idempotent}. */
    private static final Set<HttpString> NOT_REPEATABLE = Set.of(Methods.POST, Methods.PATCH, Methods.LOCK);

    private static final Set<HttpString> SAFE = Set.of(Methods.GET, Methods.HEAD, Methods.OPTIONS);

    private final HttpServerExchange exchange;
    private final RequestTarget target;
    private final Decision.Forward forward;
    private final ForwardedFields policy;
    private final List<String> ended;
    private final @Nullable String upgrade;

    OutgoingRequest(
            HttpServerExchange exchange, RequestTarget target, Decision.Forward forward, ForwardingSettings settings) {
        this.exchange = exchange;
        this.target = target;
        this.forward = forward;
        this.policy = settings.forwardedFields();
        this.ended = HopByHop.connectionOptions(exchange.getRequestHeaders());
        this.upgrade = upgrade(exchange, ended, settings.upgrades());
    }

    private static @Nullable String upgrade(HttpServerExchange exchange, List<String> ended, Upgrades allowed) {
        String protocol = exchange.getRequestHeaders().getFirst(Headers.UPGRADE);
        if (protocol == null || !exchange.isHttp11() || !exchange.isRequestComplete()) {
            return null;
        }
        boolean asked = ended.stream().anyMatch("upgrade"::equalsIgnoreCase);
        return asked && allowed.allow(protocol) ? protocol : null;
    }

    /** Whether sending it twice does no harm that sending it once doesn't (RFC 9110 9.2.2). */
    boolean isRepeatable() {
        return isRepeatable(exchange);
    }

    static boolean isRepeatable(HttpServerExchange exchange) {
        return !NOT_REPEATABLE.contains(exchange.getRequestMethod());
    }

    /** Whether it asks for no change of anything (RFC 9110 9.2.1), nor for a connection of its own. */
    boolean isSafe() {
        return SAFE.contains(exchange.getRequestMethod()) && upgrade == null;
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
        RequestHead head = io.requestHead().begin(exchange.getRequestMethod(), target());
        own(head, Headers.HOST, target.host());
        head.fields(exchange.getRequestHeaders(), name -> passes(name, chunked));
        policy.write(head, this, io);
        long hops = MaxForwards.of(exchange);
        if (hops > 0) {
            own(head, Headers.MAX_FORWARDS, Long.toString(hops - 1));
        }
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

    private boolean passes(HttpString name, boolean chunked) {
        if (name.equals(Headers.CONTENT_LENGTH)) {
            // It frames the body, so it goes exactly when the body goes by it, whatever Connection names.
            return !chunked;
        }
        return !isOurs(name)
                && policy.passes(exchange, name)
                && !HopByHop.isHopByHop(name)
                && !isSetByRules(name)
                && !endsHere(name);
    }

    private boolean isOurs(HttpString name) {
        return name.equals(Headers.HOST)
                || (name.equals(Headers.MAX_FORWARDS)
                        && exchange.getRequestMethod().equals(Methods.OPTIONS));
    }

    private boolean endsHere(HttpString name) {
        return !ended.isEmpty() && ended.stream().anyMatch(name::equalToString);
    }

    HttpServerExchange exchange() {
        return exchange;
    }

    /** The host it asks for, as the client sent it. */
    String host() {
        return target.host();
    }

    /** Whether the client sent such a field, and not for this hop alone. */
    boolean came(HttpString name) {
        return exchange.getRequestHeaders().contains(name) && !endsHere(name);
    }

    /** Writes a field, unless the rules set it. */
    void own(RequestHead head, HttpString name, String value) {
        if (!isSetByRules(name)) {
            head.field(name, value);
        }
    }

    /** Writes what the client sent in a list and one more element, unless the rules set the field. */
    void append(RequestHead head, HttpString name, String element) {
        String before = came(name) ? joined(exchange.getRequestHeaders().get(name)) : "";
        own(head, name, before.isEmpty() ? element : before + ", " + element);
    }

    private static String joined(HeaderValues values) {
        return values.size() == 1 ? values.getFirst() : String.join(", ", values);
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
}

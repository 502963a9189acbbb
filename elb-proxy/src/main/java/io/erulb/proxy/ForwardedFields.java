package io.erulb.proxy;

import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.http1.client.RequestHead;
import io.erulb.proxy.http1.client.ResponseHead;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;

/**
 * The one policy of what is told to servers about where a request came from: what of it the client may say, and what the
 * proxy says itself. Immutable, safe for use by many threads.
 *
 * <p>X-Forwarded-For is added to whoever sent it: our entry is its last, so what stands before it is known to be as good
 * as the peer that our entry names. X-Forwarded-Proto, X-Forwarded-Host and Forwarded have no such mark, so they pass
 * from trusted peers only.
 */
final class ForwardedFields {
    private static final HttpString REAL_IP = new HttpString("X-Real-IP");
    private static final HttpString REMOTE_HOST = new HttpString("REMOTE-HOST");
    private static final String VIA_11 = "1.1 elb";
    private static final String VIA_10 = "1.0 elb";

    /** What only a trusted peer may say. */
    private static final Set<HttpString> CLAIMS =
            Set.of(Headers.X_FORWARDED_PROTO, Headers.X_FORWARDED_HOST, Headers.FORWARDED);

    /** What the proxy writes anew in each request. */
    private static final Set<HttpString> WRITTEN = Set.of(Headers.X_FORWARDED_FOR, REAL_IP, REMOTE_HOST, Headers.VIA);

    /** What is said to the proxy alone. */
    private static final Set<HttpString> PRIVATE = Set.of(LiveExplain.ASK, LiveExplain.TOKEN);

    /** All of these, and what a CGI-like server takes for them. */
    private static final Set<HttpString> RULED = ruled();

    private final TrustedProxies trusted;

    ForwardedFields(TrustedProxies trusted) {
        this.trusted = trusted;
    }

    private static Set<HttpString> ruled() {
        Set<HttpString> names = new HashSet<>(CLAIMS);
        names.addAll(WRITTEN);
        names.addAll(PRIVATE);
        Set.copyOf(names).forEach(name -> addLookalikes(names, name.toString(), 0));
        return Set.copyOf(names);
    }

    /** CGI (RFC 3875 4.1.18) knows no difference between a hyphen and an underscore in a field's name. */
    private static void addLookalikes(Set<HttpString> names, String name, int from) {
        int hyphen = name.indexOf('-', from);
        if (hyphen < 0) {
            names.add(new HttpString(name));
        } else {
            addLookalikes(names, name, hyphen + 1);
            addLookalikes(names, name.substring(0, hyphen) + '_' + name.substring(hyphen + 1), hyphen + 1);
        }
    }

    /** Where the request came from, as far as it is known for sure. */
    InetAddress client(HttpServerExchange exchange) {
        return trusted.client(exchange);
    }

    /** Whether the client's fields of this name go on as they are. */
    boolean passes(HttpServerExchange exchange, HttpString name) {
        return !RULED.contains(name) || (CLAIMS.contains(name) && trusted.trustsPeerOf(exchange));
    }

    /** Writes what the proxy says itself. */
    void write(RequestHead head, OutgoingRequest request, IoLocal io) {
        HttpServerExchange exchange = request.exchange();
        InetAddress peer = TrustedProxies.peer(exchange);
        InetAddress client = client(exchange);
        String peerText = io.textOf(peer);
        String clientText = client.equals(peer) ? peerText : client.getHostAddress();
        request.append(head, Headers.X_FORWARDED_FOR, peerText);
        request.own(head, REAL_IP, clientText);
        request.own(head, REMOTE_HOST, clientText);
        boolean believed = trusted.trustsPeerOf(exchange);
        if (!believed || !request.came(Headers.X_FORWARDED_PROTO)) {
            request.own(head, Headers.X_FORWARDED_PROTO, exchange.getRequestScheme());
        }
        if (!believed || !request.came(Headers.X_FORWARDED_HOST)) {
            request.own(head, Headers.X_FORWARDED_HOST, request.host());
        }
        request.append(head, Headers.VIA, exchange.isHttp11() ? VIA_11 : VIA_10);
    }

    /** Adds the proxy to the Via of an answer, for which a gateway is free to (RFC 9110 7.6.3). */
    static void addVia(ResponseHead head, HeaderMap fields) {
        fields.add(Headers.VIA, head.minorVersion() == 0 ? VIA_10 : VIA_11);
    }
}

package io.erulb.admin;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Who may call the API. With a token: whoever sends it. Without: loopback peers, by the socket's address, whose request
 * no proxy has passed on and no page of another site has caused. There are no further ways in.
 */
final class Access {
    private static final String SCHEME = "Bearer ";

    /** Authorization is what a client's own server may ask for. */
    private static final HttpString OWN_FIELD = new HttpString("ELB-Token");

    private static final HttpString[] MARKS_OF_PROXIES = {
        Headers.X_FORWARDED_FOR, new HttpString("Forwarded"), new HttpString("Via")
    };
    private static final Answer UNAUTHORIZED = Answer.message(StatusCodes.UNAUTHORIZED, "a bearer token is required")
            .with(Headers.WWW_AUTHENTICATE, "Bearer realm=\"elb\"");
    private static final Answer WRONG_TOKEN = Answer.message(StatusCodes.UNAUTHORIZED, "this token is not accepted")
            .with(Headers.WWW_AUTHENTICATE, "Bearer realm=\"elb\", error=\"invalid_token\"");

    private final byte @Nullable [] token;

    Access(@Nullable String token) {
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    }

    /** Null when the caller may do everything, else what to answer. */
    @Nullable
    Answer refusal(HttpServerExchange exchange) {
        return token == null ? refusalByPeer(exchange) : refusalByToken(exchange.getRequestHeaders(), token);
    }

    /** Whether who sent a request may be told which way it takes: as above, but that its token has a field of its own. */
    boolean mayExplain(HttpServerExchange exchange) {
        if (token == null) {
            return refusalByPeer(exchange) == null;
        }
        HeaderValues values = exchange.getRequestHeaders().get(OWN_FIELD);
        return values != null && values.size() == 1 && isToken(values.getFirst(), token);
    }

    /** What the history calls those who may: {@code admin} with the token, {@code local} without one. */
    String caller() {
        return token == null ? "local" : "admin";
    }

    /** Whether callers without the token may have what is {@linkplain Resource#open() open}. */
    boolean showsWhatIsOpen() {
        return token != null;
    }

    /** For strangers the same answer as for an unknown resource, so that nothing tells that there is an API. */
    private static @Nullable Answer refusalByPeer(HttpServerExchange exchange) {
        return isLoopback(exchange) && !isPassedOn(exchange.getRequestHeaders())
                ? BrowserCalls.refusal(exchange)
                : Answer.NOT_FOUND;
    }

    private static boolean isLoopback(HttpServerExchange exchange) {
        // The exchange's own source address may be what a handler before us took from a header.
        return exchange.getConnection().getPeerAddress() instanceof InetSocketAddress peer
                && peer.getAddress() != null
                && peer.getAddress().isLoopbackAddress();
    }

    private static boolean isPassedOn(HeaderMap headers) {
        for (HttpString mark : MARKS_OF_PROXIES) {
            if (headers.contains(mark)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Answer refusalByToken(HeaderMap headers, byte[] token) {
        HeaderValues values = headers.get(Headers.AUTHORIZATION);
        if (values == null || values.size() != 1) {
            return UNAUTHORIZED;
        }
        String credentials = values.getFirst();
        if (!credentials.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return UNAUTHORIZED;
        }
        return isToken(credentials.substring(SCHEME.length()), token) ? null : WRONG_TOKEN;
    }

    /** In a time that does not tell how much of it is right. */
    private static boolean isToken(String given, byte[] token) {
        return MessageDigest.isEqual(given.strip().getBytes(StandardCharsets.UTF_8), token);
    }
}

package io.erulb.proxy;

import io.erulb.routing.RoutingTable;
import io.erulb.rules.Decision;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Tells who may ask for it, in fields of the answer, which way a request took. Immutable, safe for use by many threads. */
final class LiveExplain {
    /** A request's wish to be told. */
    static final HttpString ASK = new HttpString("ELB-Explain");

    /** What the wish is granted for. */
    static final HttpString TOKEN = new HttpString("ELB-Token");

    private static final HttpString PATH = new HttpString("ELB-Path");
    private static final HttpString DOMAIN = new HttpString("ELB-Domain");
    private static final HttpString VERSION = new HttpString("ELB-Version");
    private static final HttpString REVISION = new HttpString("ELB-Revision");
    private static final HttpString UPSTREAM = new HttpString("ELB-Upstream");
    private static final HttpString SERVER = new HttpString("ELB-Server");

    /** Clients and proxies on the way refuse heads of more than some kilobytes. */
    private static final int LONGEST = 4096;

    private static final String CUT = "...";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final Predicate<HttpServerExchange> mayAsk;

    LiveExplain(Predicate<HttpServerExchange> mayAsk) {
        this.mayAsk = mayAsk;
    }

    /** Whether the request is to be told its way. From here on it is as if it had neither asked nor sent a token. */
    boolean isAsked(HttpServerExchange exchange) {
        HeaderMap fields = exchange.getRequestHeaders();
        boolean asked = "1".equals(fields.getFirst(ASK)) && mayAsk.test(exchange);
        fields.remove(ASK);
        fields.remove(TOKEN);
        return asked;
    }

    /** Tells what was in force. */
    static void tell(HttpServerExchange exchange, RoutingTable table) {
        HeaderMap fields = exchange.getResponseHeaders();
        fields.put(VERSION, table.version()).put(REVISION, table.sourceRevision());
        // So that no cache gives this answer to somebody who did not ask.
        fields.add(Headers.VARY, ASK.toString());
    }

    /** Tells what the rules decided, and which way. */
    static void tell(RoutedRequest routed) {
        HttpServerExchange exchange = routed.exchange();
        tell(exchange, routed.table());
        HeaderMap fields = exchange.getResponseHeaders();
        fields.put(DOMAIN, visible(routed.domain().name()));
        fields.put(PATH, visible(routed.path()));
        if (routed.decision() instanceof Decision.Forward forward) {
            fields.put(UPSTREAM, visible(forward.upstream()));
        }
    }

    /** Tells the server whose answer it is. */
    static void tell(HttpServerExchange exchange, InetSocketAddress server) {
        exchange.getResponseHeaders().put(SERVER, addressText(server));
    }

    private static String addressText(InetSocketAddress server) {
        String host = server.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + server.getPort();
    }

    /** A text of visible ASCII characters with blanks inside; bytes of UTF-8 that are none of these as {@code %XX}. */
    static String visible(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder visible = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean blankInside = c == ' ' && i > 0 && i + 1 < bytes.length;
            if (blankInside || (c > ' ' && c < 0x7f && c != '%')) {
                visible.append(c);
            } else {
                visible.append('%').append(HEX[c >> 4]).append(HEX[c & 0xf]);
            }
            if (visible.length() > LONGEST) {
                return visible.substring(0, LONGEST) + CUT;
            }
        }
        return visible.toString();
    }
}

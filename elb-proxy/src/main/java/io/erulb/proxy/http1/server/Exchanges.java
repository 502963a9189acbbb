package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.NameCache;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Protocols;

/** Makes exchanges of parsed heads. */
final class Exchanges {
    private Exchanges() {}

    /** An exchange with everything the head says but the query; not started. */
    static HttpServerExchange make(Http1Connection connection, RequestHead head, NameCache names, long maxBody) {
        HttpServerExchange exchange = new HttpServerExchange(connection, maxBody);
        exchange.setProtocol(head.minor == 1 ? Protocols.HTTP_1_1 : Protocols.HTTP_1_0);
        exchange.setRequestMethod(names.get(head.bytes, head.methodFrom, head.methodTo));
        exchange.setRequestScheme("http");
        exchange.setPersistent(head.persistence.isPersistent(head.minor));
        target(exchange, head);
        fields(exchange.getRequestHeaders(), head, names);
        return exchange;
    }

    private static void target(HttpServerExchange exchange, RequestHead head) {
        String path = head.target.path(head);
        exchange.setRequestURI(path);
        exchange.setRequestPath(path);
        exchange.setRelativePath(path);
    }

    /** The authority of an absolute target takes the Host field's place (RFC 9112 3.2.2). */
    private static void fields(HeaderMap fields, RequestHead head, NameCache names) {
        boolean authority = head.target.hasAuthority();
        if (authority) {
            fields.put(Headers.HOST, head.target.authority(head.bytes));
        }
        for (int i = 0; i < head.fields(); i++) {
            if (!authority || !head.isHost(i)) {
                fields.add(names.get(head.bytes, head.nameFrom(i), head.nameTo(i)), head.value(i));
            }
        }
    }
}

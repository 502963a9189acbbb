package io.erulb.proxy;

import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;

/** Keeps reads on a client's connection on while a request without a body runs. */
final class ClientReads {
    private ClientReads() {}

    /**
     * Undertow turned reads off after the head and will turn them on after the answer; turned on again before the next
     * select, the two system calls do not happen. Should the client send more meanwhile, Undertow turns them off then.
     */
    static void keepOn(HttpServerExchange exchange) {
        ServerConnection connection = exchange.getConnection();
        if (connection instanceof AbstractServerConnection http1
                && http1.getExtraBytes() == null
                && http1.getSslSession() == null
                && "http/1.1".equals(connection.getTransportProtocol())) {
            http1.getOriginalSourceConduit().resumeReads();
        }
    }
}

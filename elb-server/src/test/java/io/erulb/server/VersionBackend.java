package io.erulb.server;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A backend that answers its name, the version of the rules that sent the request, and the request's body. */
final class VersionBackend implements AutoCloseable {
    private static final HttpString VERSION = new HttpString("X-Version");

    private final String name;
    private final Undertow undertow;

    private VersionBackend(String name) {
        this.name = name;
        this.undertow = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(1)
                .addHttpListener(0, "127.0.0.1", this::answer)
                .build();
    }

    static VersionBackend start(String name) {
        VersionBackend backend = new VersionBackend(name);
        backend.undertow.start();
        return backend;
    }

    String name() {
        return name;
    }

    /** {@code 127.0.0.1:port}. */
    String address() {
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        return "127.0.0.1:" + address.getPort();
    }

    @Override
    public void close() {
        undertow.stop();
    }

    private void answer(HttpServerExchange request) {
        String version = request.getRequestHeaders().getFirst(VERSION);
        request.getRequestReceiver()
                .receiveFullBytes((exchange, body) -> exchange.getResponseSender()
                        .send(name + ' ' + version + ' ' + new String(body, StandardCharsets.ISO_8859_1)));
    }
}

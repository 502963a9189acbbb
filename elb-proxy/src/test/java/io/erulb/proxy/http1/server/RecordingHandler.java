package io.erulb.proxy.http1.server;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.xnio.channels.StreamSourceChannel;

/** Reads each request to its end, takes down what it saw, and answers with the length of the body. */
final class RecordingHandler implements HttpHandler {
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    /** A request as a handler sees it; {@code broken} says why its body could not be read. */
    record Seen(String method, String target, String path, String query, String fields, String body, String broken) {
        @Override
        public String toString() {
            return method + ' ' + target + " [" + fields + "] " + body + (broken == null ? "" : " broken: " + broken);
        }
    }

    List<Seen> seen() {
        return seen;
    }

    Seen last() {
        return seen.get(seen.size() - 1);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        StreamSourceChannel source = exchange.getRequestChannel();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        source.getReadSetter().set(channel -> read(exchange, channel, body));
        read(exchange, source, body);
    }

    private void read(HttpServerExchange exchange, StreamSourceChannel source, ByteArrayOutputStream body) {
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        try {
            int n = source.read(buffer);
            while (n > 0) {
                body.write(buffer.array(), 0, n);
                n = source.read(buffer.clear());
            }
            if (n == 0) {
                source.resumeReads();
            } else {
                record(exchange, body, null);
                exchange.getResponseSender().send(body.size() + " bytes");
            }
        } catch (IOException e) {
            record(exchange, body, e.getMessage());
            exchange.setStatusCode(400);
            exchange.endExchange();
        }
    }

    private void record(HttpServerExchange exchange, ByteArrayOutputStream body, String broken) {
        String fields = exchange.getRequestHeaders().getHeaderNames().stream()
                .sorted()
                .map(name -> name + ": "
                        + String.join(" + ", exchange.getRequestHeaders().get(name)))
                .collect(Collectors.joining(", "));
        seen.add(new Seen(
                exchange.getRequestMethod().toString(),
                ((Http1Connection) exchange.getConnection()).target(),
                exchange.getRequestURI(),
                exchange.getQueryString(),
                fields,
                body.toString(StandardCharsets.ISO_8859_1),
                broken));
    }
}

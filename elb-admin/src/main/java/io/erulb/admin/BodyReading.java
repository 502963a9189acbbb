package io.erulb.admin;

import io.undertow.io.Receiver;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.function.Consumer;

/** Takes a request's whole body without blocking, up to a limit, and hands it on. For one request. */
final class BodyReading implements HttpHandler {
    private final int maxBody;
    private final Consumer<byte[]> next;

    BodyReading(int maxBody, Consumer<byte[]> next) {
        this.maxBody = maxBody;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (exchange.getRequestContentLength() > maxBody) {
            tooLarge(exchange);
            return;
        }
        Receiver receiver = exchange.getRequestReceiver();
        receiver.setMaxBufferSize(maxBody);
        receiver.receiveFullBytes((received, body) -> next.accept(body), this::failed);
    }

    private void failed(HttpServerExchange exchange, IOException cause) {
        if (cause instanceof Receiver.RequestToLargeException || cause instanceof RequestTooBigException) {
            tooLarge(exchange);
        } else {
            exchange.setPersistent(false);
            Refusal.badRequest("the body does not end as it was announced")
                    .answer()
                    .send(exchange);
        }
    }

    private void tooLarge(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        Answer.message(StatusCodes.REQUEST_ENTITY_TOO_LARGE, "a body may have " + maxBody + " bytes")
                .send(exchange);
    }
}

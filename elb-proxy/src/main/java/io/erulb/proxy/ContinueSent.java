package io.erulb.proxy;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import org.xnio.IoUtils;

/** What follows an interim answer: nothing, or, when it could not be sent, the connection's end. */
enum ContinueSent implements IoCallback {
    INSTANCE;

    @Override
    public void onComplete(HttpServerExchange exchange, Sender sender) {}

    @Override
    public void onException(HttpServerExchange exchange, Sender sender, IOException exception) {
        IoUtils.safeClose(exchange.getConnection());
    }
}

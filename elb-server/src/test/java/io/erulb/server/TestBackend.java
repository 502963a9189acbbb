package io.erulb.server;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/** A backend that answers its name and the target, {@code /wait} only after {@link #release}. */
final class TestBackend implements AutoCloseable {
    private final String name;
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Undertow undertow;

    private TestBackend(String name) {
        this.name = name;
        this.undertow = Undertow.builder()
                .setIoThreads(1)
                .addHttpListener(0, "127.0.0.1", exchange -> exchange.dispatch(this::answer))
                .build();
    }

    static TestBackend start(String name) {
        TestBackend backend = new TestBackend(name);
        backend.undertow.start();
        return backend;
    }

    /** {@code 127.0.0.1:port}. */
    String address() {
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        return "127.0.0.1:" + address.getPort();
    }

    /** Returns when a request for {@code /wait} has come. */
    void awaitWaiting() throws InterruptedException {
        waiting.await();
    }

    /** Lets requests for {@code /wait} be answered. */
    void release() {
        released.countDown();
    }

    @Override
    public void close() {
        undertow.stop();
    }

    private void answer(HttpServerExchange exchange) throws InterruptedException {
        if (exchange.getRequestURI().equals("/wait")) {
            waiting.countDown();
            released.await();
        }
        exchange.getResponseSender().send(name + " " + exchange.getRequestURI());
    }
}

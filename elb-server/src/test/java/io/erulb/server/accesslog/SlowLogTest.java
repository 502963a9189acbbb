package io.erulb.server.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log that can't be written costs no request anything; what is lost is counted. */
@Timeout(60)
class SlowLogTest {
    private static final LineFormat TARGETS = LineFormat.pattern("$request_uri $status");

    private final ByteArrayOutputStream disk = new ByteArrayOutputStream();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Semaphore over = new Semaphore(0);
    private Undertow server;

    @AfterEach
    void stop() {
        server.stop();
    }

    private AccessLog serveWith(LogFile file, int capacity) throws IOException {
        AccessLog log = new AccessLog(file, TARGETS, capacity);
        serve(log, exchange -> InetAddress.getLoopbackAddress());
        return log;
    }

    private void serve(AccessLog log, Function<HttpServerExchange, InetAddress> client) {
        HttpHandler logged = log.around(exchange -> exchange.setStatusCode(204), client);
        HttpHandler handler = exchange -> {
            // The first to be added is called last, when the log has the request.
            exchange.addExchangeCompleteListener((ended, next) -> {
                over.release();
                next.proceed();
            });
            logged.handleRequest(exchange);
        };
        server = Undertow.builder().addHttpListener(0, "127.0.0.1", handler).build();
        server.start();
    }

    private void request(int from, int to) throws Exception {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        for (int i = from; i < to; i++) {
            URI uri = URI.create("http://127.0.0.1:" + address.getPort() + "/" + i);
            assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
            over.acquire();
        }
    }

    private List<String> lines() {
        return disk.toString(StandardCharsets.US_ASCII).lines().toList();
    }

    /** Writes a few bytes at a time, as pipes do. */
    private WritableByteChannel channel(Step before) {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer src) throws IOException {
                before.take();
                byte[] some = new byte[Math.min(7, src.remaining())];
                src.get(some);
                disk.writeBytes(some);
                return some.length;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    private interface Step {
        void take() throws IOException;
    }

    @Test
    void whatFindsNoRoomIsLostAndCountedWhileRequestsGoOn() throws Exception {
        CountDownLatch freed = new CountDownLatch(1);
        AccessLog log = serveWith(() -> channel(() -> await(freed)), 16);

        request(0, 100);

        // One may be with the writer before it is stuck, and each thread may put one too many.
        assertThat(log.lost()).isBetween(40L, 84L);
        freed.countDown();
        log.close();
        assertThat(lines().size() + log.lost()).isEqualTo(100);
        assertThat(lines()).startsWith("/0 204").allMatch(line -> line.matches("/[0-9]+ 204"));
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void aFullDiskIsTriedAgainFromWhereItStopped() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        CountDownLatch failed = new CountDownLatch(1);
        AccessLog log = serveWith(
                () -> channel(() -> {
                    if (writes.incrementAndGet() == 2) {
                        failed.countDown();
                        throw new IOException("No space left on device");
                    }
                }),
                1000);

        request(0, 5);
        await(failed);
        request(5, 50);
        while (lines().size() < 50) {
            Thread.onSpinWait();
        }
        log.close();

        assertThat(log.lost()).isZero();
        assertThat(lines()).hasSize(50).startsWith("/0 204", "/1 204").endsWith("/49 204");
    }

    @Test
    void aLogThatIsStuckIsGivenUpWhenItIsClosed() throws Exception {
        AccessLog log = serveWith(() -> channel(() -> await(new CountDownLatch(1))), 1000);
        request(0, 20);

        log.close();

        assertThat(lines()).isEmpty();
        assertThat(log.lost()).isEqualTo(20);
    }

    @Test
    void aLineThatCanNotBeMadeCostsNoOther() throws Exception {
        LineFormat format = LineFormat.pattern("$remote_addr $request_uri");
        AccessLog log = new AccessLog(() -> channel(() -> {}), format, 1000);
        serve(log, exchange -> exchange.getRequestPath().equals("/1") ? null : InetAddress.getLoopbackAddress());

        request(0, 3);
        log.close();

        assertThat(lines()).containsExactly("127.0.0.1 /0", "127.0.0.1 /2");
        assertThat(log.lost()).isEqualTo(1);
    }
}

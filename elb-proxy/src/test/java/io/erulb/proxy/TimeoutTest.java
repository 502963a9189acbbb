package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawClient.RawAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens when one side keeps silent. */
class TimeoutTest {
    private ProxyFixture proxy;

    @BeforeEach
    void start() {
        proxy = ProxyFixture.start(
                builder -> builder.timeouts(ProxyFixture.SHORT).clientTimeouts(ProxyFixture.SHORT_FOR_CLIENTS));
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void aServerThatStopsInTheMiddleOfItsAnswerCutsIt() throws IOException {
        try (RawServer server = RawServer.start((request, exchange) -> {
            exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            exchange.in().read();
        })) {
            proxy.route("t.local", server);

            RawAnswer answer = proxy.get("t.local", "/");

            assertThat(answer.body()).isEqualTo("half");
            assertThat(answer.complete()).isFalse();
        }
    }

    @Test
    void aClientThatStopsInTheMiddleOfItsBodyIsToldSoAndTheServerIsNotBlamed() throws IOException {
        try (RawServer server = RawServer.named("x");
                RawClient client = proxy.route("t.local", server).client()) {
            client.send("POST / HTTP/1.1\r\nHost: t.local\r\nContent-Length: 100\r\n\r\nhalf");

            RawAnswer told = client.read();

            assertThat(told.status()).isEqualTo(408);
            assertThat(told.body())
                    .isEqualTo("408 Request Time-out: no more of the request's body came within 700 ms\n");
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(server.requests()).isEmpty();
            assertThat(proxy.routing()
                            .current()
                            .upstreams()
                            .get("up-t.local")
                            .live()
                            .peers()
                            .get(0)
                            .fails())
                    .isZero();
        }
    }

    @Test
    void aServerThatTakesNoMoreOfABodyIsNotTheClientsDelay() throws Exception {
        restart(new ClientTimeouts(Duration.ofMinutes(1), Duration.ofMinutes(1)));
        try (RawServer server = RawServer.deaf()) {
            RawClient client = proxy.route("t.local", server).client();
            client.send("POST / HTTP/1.1\r\nHost: t.local\r\nContent-Length: 33554432\r\n\r\n");
            // The proxy takes no more of it than the server does, so the rest may never go out.
            Thread sender = new Thread(() -> {
                try {
                    client.send(new byte[33_554_432]);
                } catch (IOException closed) {
                    // By the proxy, or the test's end.
                }
            });
            sender.start();

            assertThat(client.read().status()).isEqualTo(504);
            client.close();
            sender.join();
        }
    }

    @Test
    void aSlowClientHasItsOwnTimeWhateverServersHave() throws Exception {
        restart(new ClientTimeouts(Duration.ofMinutes(1), Duration.ofMinutes(1)));
        try (RawServer server = RawServer.named("x");
                RawClient patient = proxy.route("t.local", server).client()) {
            patient.send("POST / HTTP/1.1\r\nHost: t.local\r\nContent-Length: 8\r\n\r\nhalf");
            // Takes longer than a server may be silent.
            try (RawServer mute =
                    RawServer.start((request, exchange) -> exchange.in().read())) {
                proxy.route("mute.local", mute);
                for (int i = 0; i < 2; i++) {
                    assertThat(proxy.get("mute.local", "/").status()).isEqualTo(504);
                }
            }

            assertThat(patient.send("half").read().body()).isEqualTo("x");
        }
    }

    private void restart(ClientTimeouts timeouts) {
        proxy.close();
        proxy = ProxyFixture.start(
                builder -> builder.timeouts(ProxyFixture.SHORT).clientTimeouts(timeouts));
    }

    @Test
    void aServerMayTakeLongAsLongAsItsAnswerMoves() throws IOException {
        byte[] big = new byte[64 << 20];
        try (RawServer server = RawServer.start((request, exchange) -> {
            exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + big.length + "\r\n\r\n");
            exchange.out().write(big);
        })) {
            proxy.route("t.local", server);

            assertThat(proxy.get("t.local", "/").complete()).isTrue();
        }
    }

    @Test
    void aSilentWebSocketIsClosed() throws IOException {
        try (RawServer server = RawServer.start((request, exchange) -> {
                    exchange.send("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                    exchange.in().read();
                });
                RawClient client = proxy.route("t.local", server).client()) {
            client.send("GET / HTTP/1.1\r\nHost: t.local\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            client.readHead();

            assertThat(client.isClosedByServer()).isTrue();
            assertThat(proxy.proxy().active()).isZero();
        }
    }

    @Test
    void aClientThatTakesNoMoreOfItsAnswerIsNotItsServersFailure() throws Exception {
        Semaphore parts = new Semaphore(0);
        try (RawServer other = RawServer.named("x");
                RawServer big = RawServer.start((request, exchange) -> {
                    exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n");
                    for (int i = 0; i < 1024; i++) {
                        exchange.out().write(new byte[64 << 10]);
                        parts.release();
                    }
                });
                RawClient client = proxy.client()) {
            proxy.route("other.local", other);
            proxy.route("t.local", Map.of(big.address(), "", other.address(), "backup"));
            List<RawClient> others = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                RawClient kept = proxy.client();
                kept.get("other.local", "/");
                others.add(kept);
            }
            client.send("GET / HTTP/1.1\r\nHost: t.local\r\n\r\n");
            while (parts.tryAcquire(200, TimeUnit.MILLISECONDS)) {
                // Until nothing moves any more.
            }
            // Shuffles the order in which deadlines are looked at.
            other.closeConnections();

            awaitIdle();

            assertThat(proxy.routing()
                            .current()
                            .upstreams()
                            .get("up-t.local")
                            .live()
                            .peers())
                    .allMatch(peer -> peer.fails() == 0);
            for (RawClient kept : others) {
                kept.close();
            }
        }
    }

    private void awaitIdle() {
        while (proxy.proxy().active() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aListenerThatThrowsCostsNoRequestItsAnswer() throws IOException {
        proxy.close();
        proxy = ProxyFixture.start(
                builder -> builder.timeouts(ProxyFixture.SHORT).listener((domain, status, nanos) -> {
                    throw new IllegalStateException("planted");
                }));
        try (RawServer server =
                RawServer.start((request, exchange) -> exchange.in().read())) {
            proxy.route("t.local", server);

            for (int i = 0; i < 3; i++) {
                assertThat(proxy.get("t.local", "/").status()).isEqualTo(504);
            }
        }
    }
}

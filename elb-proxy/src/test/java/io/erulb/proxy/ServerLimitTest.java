package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawClient.RawAnswer;
import io.erulb.upstream.UpstreamOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One connection in use at a time for each server, unless a server has a limit of its own. */
@Timeout(60)
class ServerLimitTest {
    private static final String REFUSAL =
            "503 Service Unavailable: every server of the upstream is at its limit of connections\n";

    private final CountDownLatch release = new CountDownLatch(1);
    private ProxyFixture proxy;
    private RawServer held;
    private RawServer free;

    @BeforeEach
    void start() throws IOException {
        proxy = ProxyFixture.start(
                UpstreamOptions.defaults().withMaxConns(1),
                builder -> builder.timeouts(new ProxyTimeouts(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60))));
        held = RawServer.start((request, exchange) -> {
            if (request.target().equals("/hold")) {
                await(release);
            }
            exchange.ok("held");
        });
        free = RawServer.named("free");
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        held.close();
        free.close();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private RawClient hold(String domain) throws Exception {
        RawClient holder = proxy.client().send("GET /hold HTTP/1.1\r\nHost: " + domain + "\r\n\r\n");
        held.awaitRequest();
        return holder;
    }

    @Test
    void anotherServerIsAskedInPlaceOfOneAtItsLimit() throws Exception {
        proxy.route("t.local", Map.of(held.address(), "weight=1000", free.address(), ""));
        try (RawClient holder = hold("t.local")) {

            for (int i = 0; i < 5; i++) {
                assertThat(proxy.get("t.local", "/").body()).isEqualTo("free");
            }

            release.countDown();
            assertThat(holder.read().body()).isEqualTo("held");
        }
    }

    @Test
    void aRequestThatFindsAllAtTheirLimitIsToldSoAndItsConnectionIsKept() throws Exception {
        proxy.route("t.local", held).route("other.local", free);
        try (RawClient holder = hold("t.local");
                RawClient second = proxy.client()) {

            RawAnswer refused = second.get("t.local", "/");

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).isEqualTo(REFUSAL);
            assertThat(second.get("other.local", "/").body()).isEqualTo("free");
            release.countDown();
            assertThat(holder.read().body()).isEqualTo("held");
            assertThat(second.get("t.local", "/").body()).isEqualTo("held");
        }
    }

    @Test
    void aRefusalIsCountedAndIsNoFailureOfTheServer() throws Exception {
        proxy.route("t.local", held);
        try (RawClient holder = hold("t.local")) {
            assertThat(proxy.get("t.local", "/").status()).isEqualTo(503);

            assertThat(proxy.proxy().refused()).isEqualTo(1);
            assertThat(proxy.completed())
                    .extracting(ProxyFixture.Completed::status)
                    .containsExactly(503);
            assertThat(proxy.peer("t.local").fails()).isZero();
            assertThat(proxy.peer("t.local").active()).isEqualTo(1);
            release.countDown();
            holder.read();
        }
    }

    @Test
    void aServersOwnLimitGoesBeforeTheCommonOne() throws Exception {
        proxy.route("t.local", Map.of(held.address(), "max_conns=2"));
        try (RawClient holder = hold("t.local");
                RawClient second = proxy.client().send("GET /hold HTTP/1.1\r\nHost: t.local\r\n\r\n")) {
            while (proxy.peer("t.local").active() < 2) {
                Thread.onSpinWait();
            }

            assertThat(proxy.get("t.local", "/").body()).isEqualTo(REFUSAL);

            release.countDown();
            assertThat(holder.read().body()).isEqualTo("held");
            assertThat(second.read().body()).isEqualTo("held");
        }
    }

    @Test
    void anOpenWebSocketCounts() throws Exception {
        try (RawServer server = RawServer.start((request, exchange) -> {
                    exchange.send("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                    exchange.in().read();
                });
                RawClient socket = proxy.route("t.local", server).client()) {
            socket.send("GET / HTTP/1.1\r\nHost: t.local\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            socket.readHead();

            assertThat(proxy.get("t.local", "/").body()).isEqualTo(REFUSAL);
        }
    }

    @Test
    void aConnectionBeingMadeForAClientThatLeftCounts() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LeavingClientTest.fill(full);
            proxy.route("t.local", Map.of("127.0.0.1:" + full.getLocalPort(), ""));
            RawClient leaving = proxy.client().send("GET / HTTP/1.1\r\nHost: t.local\r\n\r\n");
            while (proxy.proxy().active() == 0) {
                Thread.onSpinWait();
            }

            leaving.reset();
            while (proxy.proxy().active() > 0) {
                Thread.onSpinWait();
            }

            assertThat(proxy.get("t.local", "/").body()).isEqualTo(REFUSAL);
            while (proxy.peer("t.local").active() > 0) {
                Thread.onSpinWait();
            }
            assertThat(proxy.peer("t.local").fails()).isZero();
        }
    }
}

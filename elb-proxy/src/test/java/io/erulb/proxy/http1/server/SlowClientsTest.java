package io.erulb.proxy.http1.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.ElbProxy;
import io.erulb.proxy.ProxyFixture;
import io.erulb.proxy.RawClient;
import io.erulb.proxy.RawServer;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients that are slow, each in its way, at once; bench/limits has more of them, and figures. */
@Timeout(60)
class SlowClientsTest {
    private static final int HEADS = 50;
    private static final int BODIES = 20;
    private static final int READERS = 10;
    private static final byte[] BIG = new byte[32 << 20];

    private final LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());
    private final ElbProxy proxy = ElbProxy.builder(routing).build();
    private final List<RawClient> heads = new ArrayList<>();
    private final List<RawClient> bodies = new ArrayList<>();
    private final List<RawClient> readers = new ArrayList<>();
    private RawServer backend;
    private Http1Fixture front;

    @BeforeEach
    void start() throws IOException {
        backend = RawServer.start((request, exchange) -> {
            if (request.target().equals("/big")) {
                exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + BIG.length + "\r\n\r\n");
                exchange.out().write(BIG);
            } else {
                exchange.ok("served");
            }
        });
        routing.apply(RoutingChange.builder()
                .putUpstream("up", Map.of(backend.address(), ""))
                .putDomain("t.local", ProxyFixture.backend("up"))
                .build());
        front = new Http1Fixture(proxy);
        for (int i = 0; i < HEADS; i++) {
            heads.add(front.connect().send("GET / HTTP/1.1\r\nHost: "));
        }
        for (int i = 0; i < BODIES; i++) {
            bodies.add(front.connect()
                    .send("PUT / HTTP/1.1\r\nHost: t.local\r\nContent-Length: 60001\r\n\r\n")
                    .send(new byte[60_000]));
        }
        for (int i = 0; i < READERS; i++) {
            readers.add(front.connect().send("GET /big HTTP/1.1\r\nHost: t.local\r\n\r\n"));
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (List<RawClient> clients : List.of(heads, bodies, readers)) {
            for (RawClient client : clients) {
                client.close();
            }
        }
        front.close();
        proxy.close();
        routing.close();
        backend.close();
    }

    @Test
    void holdNobodyUpAndAreServedInTheEnd() throws IOException {
        Eventually.holds("all are under way", () -> proxy.active() == BODIES + READERS);

        try (RawClient other = front.connect()) {
            for (int i = 0; i < 20; i++) {
                assertThat(other.get("t.local", "/").body()).isEqualTo("served");
            }
        }
        for (RawClient head : heads) {
            assertThat(head.send("t.local\r\n\r\n").read().body()).isEqualTo("served");
        }
        for (RawClient body : bodies) {
            assertThat(body.send("x").read().body()).isEqualTo("served");
        }
        assertThat(readers.get(0).read().complete()).isTrue();
    }

    @Test
    void holdABufferOnlyForAPartOfAHead() {
        Eventually.holds("all are under way", () -> proxy.active() == BODIES + READERS);

        Eventually.holds("a buffer for each head is out", () -> front.buffersOut() == HEADS);
    }
}

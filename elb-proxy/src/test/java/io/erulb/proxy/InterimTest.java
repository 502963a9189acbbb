package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawClient.RawAnswer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers before the answer, and clients that leave before it. */
class InterimTest {
    private final CountDownLatch serverSawTheEnd = new CountDownLatch(1);
    private ProxyFixture proxy;

    @BeforeEach
    void start() {
        proxy = ProxyFixture.start();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private static void hinted(RawServer.RawRequest request, RawServer.Exchange exchange) throws IOException {
        exchange.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nConnection: X-Hop\r\nX-Hop: 1\r\n\r\n");
        exchange.ok("done");
    }

    @Test
    void earlyHintsReachTheClientBeforeTheAnswer() throws IOException {
        try (RawServer server = RawServer.start(InterimTest::hinted);
                RawClient client = proxy.route("t.local", server).client()) {
            for (int i = 0; i < 3; i++) {
                RawAnswer hints = client.get("t.local", "/");

                assertThat(hints.status()).isEqualTo(103);
                assertThat(hints.field("Link")).isEqualTo("</a.css>");
                assertThat(hints.field("X-Hop")).isNull();
                assertThat(client.read().body()).isEqualTo("done");
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aLengthThatAnInterimAnswerTellsIsNotPassedOn() throws IOException {
        try (RawServer server = RawServer.start((request, exchange) -> {
                    exchange.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nContent-Length: 4\r\n\r\n");
                    exchange.ok("done");
                });
                RawClient client = proxy.route("t.local", server).client()) {
            RawAnswer hints = client.get("t.local", "/");

            assertThat(hints.field("Link")).isEqualTo("</a.css>");
            assertThat(hints.field("Content-Length")).isNull();
            assertThat(client.read().body()).isEqualTo("done");
        }
    }

    @Test
    void aClientOfHttp10GetsTheAnswerAlone() throws IOException {
        try (RawServer server = RawServer.start(InterimTest::hinted);
                RawClient client = proxy.route("t.local", server).client()) {
            client.send("GET / HTTP/1.0\r\nHost: t.local\r\n\r\n");

            assertThat(client.read().body()).isEqualTo("done");
        }
    }

    @Test
    void theRequestOfAClientThatResetsItsConnectionIsBrokenOff() throws Exception {
        try (RawServer server = RawServer.start((request, exchange) -> {
                    exchange.in().read();
                    serverSawTheEnd.countDown();
                });
                RawClient client = proxy.route("t.local", server).client()) {
            client.send("GET / HTTP/1.1\r\nHost: t.local\r\n\r\n");
            server.awaitRequest();

            client.reset();

            assertThat(serverSawTheEnd.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(proxy.proxy().active()).isZero();
        }
    }
}

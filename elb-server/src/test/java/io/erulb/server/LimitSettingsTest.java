package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit's setting, as clients and servers meet it. The first request of a client is let through. */
@Timeout(60)
class LimitSettingsTest {
    private OneBackendScene scene;

    @BeforeEach
    void listen() throws IOException {
        scene = new OneBackendScene();
    }

    @AfterEach
    void stop() throws IOException {
        scene.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MAX_HEAD=1k        | GET /here HTTP/1.1~Host: 127.0.0.1~X: {2000}~~        | 431 | larger than 1024 bytes
            MAX_FIELDS=2       | GET /here HTTP/1.1~Host: 127.0.0.1~A: b~C: d~~        | 431 | more than 2 fields
            MAX_TARGET=100     | GET /here/{200} HTTP/1.1~Host: 127.0.0.1~~            | 414 | longer than 100 bytes
            MAX_BODY=10        | PUT / HTTP/1.1~Host: 127.0.0.1~Content-Length: 11~~   | 413 | larger than 10 bytes
            HEAD_TIMEOUT=200ms | GET /here HTTP/1.1~Host:                              | 408 | within 200 ms
            BODY_TIMEOUT=200ms | PUT / HTTP/1.1~Host: 127.0.0.1~Content-Length: 2~~x   | 408 | within 200 ms
            """)
    void aRequestBeyondALimitIsToldWhichAndItsConnectionClosedAndNoOther(
            String setting, String request, int status, String told) throws Exception {
        try (Wire other = scene.start(setting);
                Wire client = scene.connect()) {
            assertThat(client.get("/here").body()).isEqualTo("here");

            Wire.Message answer = client.send(written(request)).read();

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).contains(told);
            assertThat(client.isEnded()).isTrue();
            assertThat(other.get("/here").body()).isEqualTo("here");
        }
    }

    private static String written(String request) {
        return request.replace("~", "\r\n").replace("{2000}", "x".repeat(2_000)).replace("{200}", "x".repeat(200));
    }

    @Test
    void aHeadAsLargeAsMaxHeadAllowsReachesTheServer() throws Exception {
        String large = "x".repeat(60_000);
        try (Wire client = scene.start("MAX_HEAD=64k")) {
            client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Large: " + large + "\r\n\r\n");

            try (Wire behind = scene.accept()) {
                assertThat(behind.read().head()).containsIgnoringCase("X-Large: " + large + "\r\n");
            }
        }
    }

    @Test
    void anUnusedConnectionIsClosedWithoutAWordAfterClientKeepaliveTimeout() throws Exception {
        try (Wire client = scene.start("CLIENT_KEEPALIVE_TIMEOUT=200ms")) {
            client.get("/here");

            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aClientThatTakesNothingOfItsAnswerIsClosedAfterSendTimeout() throws Exception {
        try (Wire client = scene.start("SEND_TIMEOUT=200ms")) {
            client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            try (Wire behind = scene.accept()) {
                behind.read();
                behind.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");

                // Goes on until nobody is there to take it.
                String part = "x".repeat(1 << 20);
                assertThatThrownBy(() -> {
                            while (true) {
                                behind.send(part);
                            }
                        })
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_CONNECTIONS=1, 503, The limit of connections is reached: 1 in all.",
        "MAX_CONNECTIONS_PER_CLIENT=1, 429, The limit of connections is reached: 1 from one address."
    })
    void aConnectionTooManyIsToldWhichLimitAndClosed(String setting, int status, String told) throws Exception {
        try (Wire first = scene.start(setting)) {
            first.get("/here");

            try (Wire second = scene.connect()) {
                Wire.Message answer = second.read();
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.body()).isEqualTo(told + "\n");
                assertThat(second.isEnded()).isTrue();
            }

            assertThat(first.get("/here").body()).isEqualTo("here");
        }
    }

    @Test
    void aRequestThatFindsMaxConnectionsPerServerInUseIsToldSo() throws Exception {
        try (Wire holder = scene.start("MAX_CONNECTIONS_PER_SERVER=1");
                Wire second = scene.connect()) {
            holder.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            try (Wire behind = scene.accept()) {
                behind.read();

                Wire.Message refused = second.get("/");

                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.body()).contains("every server of the upstream is at its limit of connections");
                assertThat(second.get("/here").body()).isEqualTo("here");
                behind.send("HTTP/1.1 204 No Content\r\n\r\n");
                assertThat(holder.read().status()).isEqualTo(204);
            }
        }
    }

    @Test
    void noMoreThanMaxIdlePerServerAreKeptUnused() throws Exception {
        try (Wire first = scene.start("MAX_IDLE_PER_SERVER=1");
                Wire second = scene.connect()) {
            first.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            try (Wire kept = scene.accept()) {
                kept.read();
                second.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
                try (Wire surplus = scene.accept()) {
                    surplus.read();

                    kept.send("HTTP/1.1 204 No Content\r\n\r\n");
                    assertThat(first.read().status()).isEqualTo(204);
                    surplus.send("HTTP/1.1 204 No Content\r\n\r\n");
                    assertThat(second.read().status()).isEqualTo(204);

                    assertThat(surplus.isEnded()).isTrue();
                    first.send("GET /again HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
                    assertThat(kept.read().head()).startsWith("GET /again ");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"UPGRADES=websocket, true", "UPGRADES=none, false", "UPGRADES=custom, false"})
    void onlyTheUpgradesThatAreSetReachTheServer(String setting, boolean reaches) throws Exception {
        try (Wire client = scene.start(setting)) {
            client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");

            try (Wire behind = scene.accept()) {
                assertThat(behind.read().head().contains("\r\nUpgrade: websocket\r\n"))
                        .isEqualTo(reaches);
            }
        }
    }
}

package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told the way of a request by {@code ELB-Explain: 1}: who may call the admin API, wherever that is. */
@Timeout(60)
class LiveExplainTest {
    private OneBackendScene scene;

    @BeforeEach
    void listen() throws IOException {
        scene = new OneBackendScene();
    }

    @AfterEach
    void stop() throws IOException {
        scene.close();
    }

    private static String request(String target, String field) {
        return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nELB-Explain: 1\r\n" + field + "\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource({
        "ADMIN_LISTEN=, X-Any: x, true",
        "ADMIN_LISTEN=, X-Forwarded-For: 127.0.0.1, false",
        "ADMIN_LISTEN=127.0.0.1:0, X-Any: x, true",
        "ADMIN_LISTEN=127.0.0.1:0, Via: 1.1 other, false",
        "ADMIN_TOKEN=s3cret, X-Any: x, false",
        "ADMIN_TOKEN=s3cret, ELB-Token: s3cre, false",
        "ADMIN_TOKEN=s3cret, Authorization: Bearer s3cret, false",
        "ADMIN_TOKEN=s3cret, ELB-Token: s3cret, true",
        "ADMIN_TOKEN=s3cret ADMIN_LISTEN=127.0.0.1:0, ELB-Token: s3cret, true"
    })
    void whoMayCallTheAdminApiIsToldTheWay(String settings, String field, boolean told) throws Exception {
        try (Wire client = scene.start(settings)) {
            Wire.Message answer = client.send(request("/here", field)).read();

            assertThat(answer.body()).isEqualTo("here");
            assertThat(answer.head().contains("ELB-Path: p+ h\r\n")).isEqualTo(told);
        }
    }

    @Test
    void theTokenEndsHereWhereAuthorizationGoesOn() throws Exception {
        try (Wire client = scene.start("ADMIN_TOKEN=s3cret")) {
            client.send(request("/", "ELB-Token: s3cret\r\nAuthorization: Bearer own"));
            try (Wire behind = scene.accept()) {
                assertThat(behind.read().head())
                        .contains("Authorization: Bearer own\r\n")
                        .doesNotContain("s3cret", "ELB-");
                behind.send("HTTP/1.1 204 No Content\r\n\r\n");

                assertThat(client.read().head())
                        .contains("ELB-Path: p- b\r\n", "ELB-Upstream: up\r\n")
                        .contains("ELB-Server: " + scene.backendAddress() + "\r\n");
            }
        }
    }
}

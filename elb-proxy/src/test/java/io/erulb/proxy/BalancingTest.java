package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.routing.RoutingChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a policy spreads requests over servers. */
class BalancingTest {
    private final List<RawServer> servers = new ArrayList<>();
    private ProxyFixture proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = ProxyFixture.start();
        for (int i = 0; i < 4; i++) {
            servers.add(RawServer.named("s" + i));
        }
        proxy.route("t.local", servers.toArray(RawServer[]::new));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        for (RawServer server : servers) {
            server.close();
        }
    }

    private void policy(String json) {
        proxy.routing()
                .apply(RoutingChange.builder()
                        .putPolicy("up-t.local", json.replace('\'', '"'))
                        .build());
    }

    private String ask(String target, String fields) throws IOException {
        try (RawClient client = proxy.client()) {
            return client.send("GET " + target + " HTTP/1.1\r\nHost: t.local\r\n" + fields + "\r\n")
                    .read()
                    .body();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "header:X-User | / | X-User: user-%d",
                "cookie:id | / | Cookie: a=b; id=user-%d",
                "query:id | /x?a=b&id=%d | X: x",
                "path | /page-%d | X: x",
            })
    void theSameKeyGoesToTheSameServerAndKeysGoToAll(String on, String target, String field) throws IOException {
        policy("{'balancer':{'type':'hash','on':'" + on + "'}}");

        TreeSet<String> seen = new TreeSet<>();
        for (int user = 0; user < 40; user++) {
            String first = ask(String.format(target, user), String.format(field, user) + "\r\n");
            assertThat(ask(String.format(target, user), String.format(field, user) + "\r\n"))
                    .isEqualTo(first);
            seen.add(first);
        }
        assertThat(seen).containsExactly("s0", "s1", "s2", "s3");
    }

    @Test
    void oneClientGoesToOneServer() throws IOException {
        policy("{'balancer':{'type':'hash','on':'client'}}");

        TreeSet<String> seen = new TreeSet<>();
        for (int i = 0; i < 10; i++) {
            seen.add(ask("/", ""));
        }

        assertThat(seen).hasSize(1);
    }

    @Test
    void answersTellHowLongServersTake() throws IOException {
        ask("/", "");

        assertThat(proxy.peer("t.local").latencyMillis()).isPositive();
    }
}

package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawClient.RawAnswer;
import io.erulb.routing.RoutingChange;
import io.erulb.upstream.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients stay with a server by a cookie. */
class StickyTest {
    private final List<RawServer> servers = new ArrayList<>();
    private ProxyFixture proxy;

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        for (RawServer server : servers) {
            server.close();
        }
    }

    private void start(Front.Kind kind, String policy) throws IOException {
        proxy = ProxyFixture.start(kind, builder -> {});
        for (int i = 0; i < 3; i++) {
            servers.add(RawServer.named("s" + i));
        }
        configure(Map.of(), policy);
    }

    /** Routes to the servers with parameters by their number. */
    private void configure(Map<Integer, String> parameters, String policy) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < servers.size(); i++) {
            all.put(servers.get(i).address(), parameters.getOrDefault(i, ""));
        }
        proxy.routing()
                .apply(RoutingChange.builder()
                        .putUpstream("up-t.local", all)
                        .putDomain("t.local", ProxyFixture.backend("up-t.local"))
                        .putPolicy("up-t.local", "{\"sticky\":" + policy.replace('\'', '"') + "}")
                        .build());
    }

    private RawAnswer ask(String cookie) throws IOException {
        try (RawClient client = proxy.client()) {
            return client.send("GET / HTTP/1.1\r\nHost: t.local\r\n"
                            + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n") + "\r\n")
                    .read();
        }
    }

    private static String cookieOf(RawAnswer answer) {
        String field = answer.field("Set-Cookie");
        return field.substring(0, field.indexOf(';'));
    }

    private static int numberOf(RawAnswer answer) {
        return Integer.parseInt(answer.body().substring(1));
    }

    @ParameterizedTest
    @EnumSource
    void aClientStaysWhereItsFirstRequestWent(Front.Kind kind) throws IOException {
        start(kind, "{}");

        RawAnswer first = ask("");
        assertThat(first.field("Set-Cookie")).matches("elb=[\\w-]{22}; Path=/; HttpOnly; SameSite=Lax");
        for (int i = 0; i < 5; i++) {
            RawAnswer next = ask("a=b; " + cookieOf(first));
            assertThat(next.body()).isEqualTo(first.body());
            assertThat(next.field("Set-Cookie")).isNull();
        }
        TreeSet<String> others = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            others.add(ask("").body());
        }
        assertThat(others).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(names = "OUR_LISTENER")
    void theCookieIsAsThePolicySays(Front.Kind kind) throws IOException {
        start(kind, "{'cookie':'srv','path':'/app','max_age':'1h','secure':true,'http_only':false,'same_site':'none'}");

        assertThat(ask("").field("Set-Cookie"))
                .matches("srv=[\\w-]{22}; Path=/app; Max-Age=3600; Secure; SameSite=None");
    }

    @ParameterizedTest
    @EnumSource(names = "OUR_LISTENER")
    void aCookieThatNobodyMadeBindsToNothing(Front.Kind kind) throws IOException {
        start(kind, "{}");

        RawAnswer answer = ask("elb=AAAAAAAAAAAAAAAAAAAAAA");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(cookieOf(answer)).isNotEqualTo("elb=AAAAAAAAAAAAAAAAAAAAAA");
    }

    @ParameterizedTest
    @EnumSource(names = "OUR_LISTENER")
    void holdsOverChangesOfServersAndPolicies(Front.Kind kind) throws IOException {
        start(kind, "{}");
        RawAnswer first = ask("");

        servers.add(RawServer.named("s3"));
        configure(Map.of(0, "weight=9", 1, "weight=9"), "{'secure':true}");

        assertThat(ask(cookieOf(first)).body()).isEqualTo(first.body());
    }

    @ParameterizedTest
    @EnumSource(names = "OUR_LISTENER")
    void aServerInDrainKeepsItsClientsAndGetsNoOthers(Front.Kind kind) throws IOException {
        start(kind, "{}");
        RawAnswer first = ask("");

        configure(Map.of(numberOf(first), "drain"), "{}");

        assertThat(ask(cookieOf(first)).body()).isEqualTo(first.body());
        for (int i = 0; i < 6; i++) {
            assertThat(ask("").body()).isNotEqualTo(first.body());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "OUR_LISTENER")
    void aClientOfAServerThatIsOutIsBoundToAnother(Front.Kind kind) throws IOException {
        start(kind, "{}");
        RawAnswer first = ask("");
        proxy.routing()
                .current()
                .upstream("up-t.local")
                .pickBound(
                        proxy.routing().current().upstream("up-t.local").peers().get(numberOf(first)))
                .failed(Failure.CONNECT);

        RawAnswer next = ask(cookieOf(first));

        assertThat(next.body()).isNotEqualTo(first.body());
        assertThat(ask(cookieOf(next)).body()).isEqualTo(next.body());
    }

    @ParameterizedTest
    @EnumSource(names = "OUR_LISTENER")
    void aClientWhoseServerDiesIsAnsweredByAnotherAndBoundToIt(Front.Kind kind) throws IOException {
        start(kind, "{}");
        RawAnswer first = ask("");
        servers.get(numberOf(first)).close();

        RawAnswer next = ask(cookieOf(first));

        assertThat(next.body()).isNotEqualTo(first.body());
        assertThat(next.status()).isEqualTo(200);
        assertThat(cookieOf(next)).isNotEqualTo(cookieOf(first));
    }

    @ParameterizedTest
    @EnumSource(names = "OUR_LISTENER")
    void theServersOwnCookiesPass(Front.Kind kind) throws IOException {
        start(kind, "{}");
        servers.add(RawServer.start((request, exchange) ->
                exchange.send("HTTP/1.1 200 OK\r\nSet-Cookie: own=1\r\nContent-Length: 2\r\n\r\ns3")));
        configure(Map.of(0, "down", 1, "down", 2, "down"), "{}");

        assertThat(ask("").fields("Set-Cookie"))
                .hasSize(2)
                .contains("own=1")
                .anyMatch(field -> field.startsWith("elb="));
    }
}

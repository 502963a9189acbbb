package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawClient.RawAnswer;
import io.erulb.proxy.http1.server.Eventually;
import io.erulb.routing.RoutingChange;
import io.erulb.upstream.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a policy has requests wait, and go to other servers. The proxy's own time-outs are longer than the test's. */
@Timeout(20)
class RetryPolicyTest {
    private final ProxyFixture proxy = ProxyFixture.start();
    private final List<RawServer> servers = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        for (RawServer server : servers) {
            server.close();
        }
    }

    private RawServer serving(RawServer.Script script) throws IOException {
        RawServer server = RawServer.start(script);
        servers.add(server);
        return server;
    }

    private RawServer answering(String status) throws IOException {
        return serving((request, exchange) -> exchange.send("HTTP/1.1 " + status + "\r\nContent-Length: 3\r\n\r\nbad"));
    }

    private RawServer silent() throws IOException {
        return serving((request, exchange) -> exchange.in().read());
    }

    private RawServer good() throws IOException {
        return serving((request, exchange) -> exchange.ok("good"));
    }

    private void route(String policy, Object... targets) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Object target : targets) {
            parameters.put(target instanceof RawServer server ? server.address() : target.toString(), "");
        }
        proxy.routing()
                .apply(RoutingChange.builder()
                        .putUpstream("up-t.local", parameters)
                        .putDomain("t.local", ProxyFixture.backend("up-t.local"))
                        .putPolicy("up-t.local", policy.replace('\'', '"'))
                        .build());
    }

    private RawAnswer post() throws IOException {
        try (RawClient client = proxy.client()) {
            return client.send("POST / HTTP/1.1\r\nHost: t.local\r\nContent-Length: 4\r\n\r\nbody")
                    .read();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "502", "503", "504", "403", "404", "429"})
    void theStatusesItNamesAreTriedElsewhere(String status) throws IOException {
        route("{'retry':{'on':['http_" + status + "']}}", answering(status + " X"), good());

        assertThat(proxy.get("t.local", "/").body()).isEqualTo("good");
        assertThat(proxy.peer("t.local").leftOut())
                .as("counts as a failure, but for what others may have")
                .isEqualTo(!status.equals("403") && !status.equals("404"));
    }

    @Test
    void thoseItDoesNotNameAreTheAnswer() throws IOException {
        route("{'retry':{'on':['error','http_503']}}", answering("500 X"), good());

        assertThat(proxy.get("t.local", "/").status()).isEqualTo(500);
        assertThat(proxy.peer("t.local").fails()).isZero();
    }

    @Test
    void withoutErrorsARefusedConnectionIsTheEnd() throws IOException {
        route("{'retry':{'on':[]}}", "127.0.0.1:" + RawServer.unusedPort(), good());

        assertThat(proxy.get("t.local", "/").status()).isEqualTo(502);
        assertThat(proxy.get("t.local", "/").body()).as("it counted").isEqualTo("good");
    }

    @Test
    void aPostThatWasSentGoesElsewhereOnlyWhenThatIsWanted() throws IOException {
        RawServer.Script breaking = (request, exchange) -> exchange.socket().close();
        RawServer good = good();
        RawServer bad = serving(breaking);
        route("{}", bad, good);
        assertThat(post().status()).isEqualTo(502);
        assertThat(good.requests()).isEmpty();

        RawServer other = serving(breaking);
        proxy.routing()
                .apply(RoutingChange.builder().removeUpstream("up-t.local").build());
        route("{'retry':{'on':['error','non_idempotent']}}", other, good);
        assertThat(post().body()).isEqualTo("good");
        assertThat(other.requests()).hasSize(1);
        assertThat(good.lastRequest().text()).isEqualTo("body");
    }

    @Test
    void soManyServersAreTriedAndNoMore() throws IOException {
        route("{'retry':{'tries':2}}", answering("500 X"), answering("500 X"), good());

        assertThat(proxy.get("t.local", "/").status()).isEqualTo(500);
        assertThat(servers.get(2).requests()).isEmpty();
    }

    @Test
    void oneTryMayTakeSoLong() throws IOException {
        route("{'retry':{'timeout':'400ms'}}", silent(), good());

        assertThat(proxy.get("t.local", "/").body()).isEqualTo("good");
    }

    @Test
    void theNextTryComesAfterAWhile() throws IOException {
        route("{'retry':{'backoff':'200ms'}}", answering("500 X"), good());

        long begun = System.nanoTime();
        assertThat(proxy.get("t.local", "/").body()).isEqualTo("good");

        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(100_000_000L);
    }

    @Test
    void aClientThatLeavesMeanwhileCostsNobodyAnything() throws Exception {
        RawServer good = good();
        RawServer bad = answering("500 X");
        route("{'retry':{'backoff':'300ms'}}", bad, good);

        RawClient client = proxy.client();
        client.send("GET / HTTP/1.1\r\nHost: t.local\r\n\r\n");
        bad.awaitRequest();
        client.reset();

        Eventually.holds(
                "nobody is asked any more",
                () -> proxy.proxy().active() == 0
                        && proxy.routing().current().upstream("up-t.local").peers().stream()
                                .allMatch(peer -> peer.active() == 0));
        assertThat(good.requests()).isEmpty();
    }

    @Test
    void triesAfterTheFirstStayAShareOfRequests() throws IOException {
        RawServer one = answering("500 X");
        RawServer two = answering("500 X");
        route("{'retry':{'budget_percent':10}}", one, two);

        for (int i = 0; i < 100; i++) {
            assertThat(proxy.get("t.local", "/").status()).isEqualTo(500);
        }

        assertThat(one.requests().size() + two.requests().size()).isBetween(110, 113);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first_byte", "whole"})
    void waitsForTheHeadAsLongAsItSays(String step) throws IOException {
        route("{'retry':{'tries':1},'timeouts':{'" + step + "':'50ms'}}", silent());

        assertThat(proxy.get("t.local", "/").status()).isEqualTo(504);
        assertThat(proxy.peer("t.local").active()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'timeouts':{'connect':'50ms'}", "'retry':{'timeout':'400ms'}"})
    void waitsForAConnectionAsLongAsItSays(String policy) throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Linux takes one more than it is told, and leaves those after that without an answer.
            try (Socket one = new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort());
                    Socket two = new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort())) {
                route("{" + policy + "}", "127.0.0.1:" + full.getLocalPort(), good());

                assertThat(proxy.get("t.local", "/").body()).isEqualTo("good");
                assertThat(one.isConnected() && two.isConnected()).isTrue();
            }
        }
        assertThat(proxy.peer("t.local").lastFailure()).isEqualTo(Failure.TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"idle", "whole"})
    void waitsForTheBodyAsLongAsItSays(String step) throws IOException {
        RawServer server = serving((request, exchange) -> {
            exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
            exchange.in().read();
        });
        route("{'timeouts':{'" + step + "':'500ms'}}", server);

        RawAnswer answer = proxy.get("t.local", "/");

        assertThat(answer.body()).isEqualTo("half");
        assertThat(answer.complete()).isFalse();
    }

    @Test
    void theWholeTimeIsOneForAllTries() throws IOException {
        RawServer one = silent();
        RawServer two = silent();
        RawServer three = silent();
        route("{'timeouts':{'whole':'600ms'},'retry':{'timeout':'100ms','tries':100}}", one, two, three);

        assertThat(proxy.get("t.local", "/").status()).isEqualTo(504);
        assertThat(one.requests().size()
                        + two.requests().size()
                        + three.requests().size())
                .isGreaterThan(1);
    }
}

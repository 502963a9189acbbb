package io.erulb.proxy.health;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.ProxyFixture;
import io.erulb.proxy.RawServer;
import io.erulb.proxy.http1.server.Eventually;
import io.erulb.routing.RoutingChange;
import io.erulb.upstream.Peer;
import io.erulb.upstream.PeerHealth;
import io.erulb.upstream.PeerHealth.State;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers are checked over real sockets, and those found down get no requests. */
@Timeout(30)
class ServerChecksTest {
    private final ProxyFixture proxy = ProxyFixture.start();
    private final List<AutoCloseable> servers = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        for (AutoCloseable server : servers) {
            server.close();
        }
    }

    private RawServer serving(RawServer.Script script) throws IOException {
        RawServer server = RawServer.start(script);
        servers.add(server);
        return server;
    }

    private static void awaitThat(BooleanSupplier condition) {
        Eventually.holds("what the checks are to find", condition);
    }

    private void route(String check, String... addresses) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String address : addresses) {
            parameters.put(address, "max_fails=0");
        }
        proxy.routing()
                .apply(RoutingChange.builder()
                        .putUpstream("up-t.local", parameters)
                        .putDomain("t.local", ProxyFixture.backend("up-t.local"))
                        .putPolicy("up-t.local", "{\"check\":" + check.replace('\'', '"') + "}")
                        .build());
    }

    private Peer peer(int index) {
        return proxy.routing().current().upstream("up-t.local").peers().get(index);
    }

    /** The health of the only server once it is known. */
    private PeerHealth found() {
        awaitThat(() -> peer(0).health().state() != State.NOT_CHECKED);
        return peer(0).health();
    }

    @Test
    void aCheckAsksAsItsPolicySays() throws Exception {
        RawServer server = serving((request, exchange) -> exchange.ok("all is well"));

        route(
                "{'path':'/ok?x=1','method':'GET','host':'app.local','body':'is well','status':[200],"
                        + "'until_checked':'down'}",
                server.address());

        assertThat(found().state()).isEqualTo(State.UP);
        assertThat(server.lastRequest().line()).isEqualTo("GET /ok?x=1 HTTP/1.1");
        assertThat(server.lastRequest().fields("Host")).containsExactly("app.local");
        assertThat(server.lastRequest().field("User-Agent")).isEqualTo("elb-check");
        assertThat(proxy.get("t.local", "/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'status':[204,'3xx']}                  | HTTP/1.1 200 OK | status 200",
                "{}                                      | HTTP/1.1 404 Not Found | status 404",
                "{}                                      | HTTP/1.1 503 X | status 503",
                "{'body':'fine'}                         | HTTP/1.1 200 OK | the body has no \"fine\" in it",
                "{'method':'HEAD','status':['2xx']}      | HTTP/1.1 302 X | status 302",
                "{}                                      | SSH-2.0 | not the head of an answer",
            })
    void anotherAnswerFails(String check, String answer, String reason) throws Exception {
        RawServer server = serving((request, exchange) -> exchange.send(
                answer + "\r\nContent-Length: 4\r\n\r\n" + (request.line().startsWith("HEAD") ? "" : "oops")));

        route(
                check.replace("}", check.length() > 2 ? ",'until_checked':'down'}" : "'until_checked':'down'}"),
                server.address());

        PeerHealth health = found();
        assertThat(health.state()).isEqualTo(State.CHECKS_FAILED);
        if (!answer.startsWith("SSH")) {
            assertThat(health.reason()).isEqualTo(reason);
        }
        assertThat(proxy.get("t.local", "/").status()).isEqualTo(503);
    }

    @Test
    void aServerThatRefusesConnectionsFails() throws Exception {
        route("{'until_checked':'down'}", "127.0.0.1:" + RawServer.unusedPort());

        assertThat(found().state()).isEqualTo(State.CHECKS_FAILED);
        assertThat(found().reason()).startsWith("no connection: ");
    }

    @Test
    void aServerThatDoesNotAnswerFailsByTheTimeOut() throws Exception {
        RawServer server = RawServer.deaf();
        servers.add(server);

        route("{'interval':'400ms','timeout':'200ms','until_checked':'down'}", server.address());

        assertThat(found().reason()).isEqualTo("no answer within 200 ms");
    }

    @Test
    void byTcpAConnectionIsEnough() throws Exception {
        RawServer deaf = RawServer.deaf();
        servers.add(deaf);

        route("{'type':'tcp','until_checked':'down'}", deaf.address());

        assertThat(found().state()).isEqualTo(State.UP);
    }

    @Test
    void ofManyThatAreAskedTogetherEachIsJudgedByItsOwnAnswerAlsoByOneThatIsLate() throws Exception {
        CountDownLatch othersAreKnown = new CountDownLatch(1);
        RawServer.Script late = (request, exchange) -> {
            exchange.send("HTTP/1.1 200 O");
            await(othersAreKnown);
            exchange.send("K\r\nContent-Length: 4\r\n\r\nokay");
        };
        List<String> wellOnes = addresses(10, (request, exchange) -> exchange.ok("ok"));
        List<String> illOnes = addresses(10, (request, exchange) -> exchange.send("HTTP/1.1 503 X\r\n\r\n"));
        List<String> lateOnes = addresses(10, late);

        route(
                "{'interval':'10s','timeout':'9s','until_checked':'down'}",
                Stream.of(wellOnes, illOnes, lateOnes).flatMap(List::stream).toArray(String[]::new));

        awaitThat(() -> states(wellOnes).equals(Set.of(State.UP)));
        awaitThat(() -> states(illOnes).equals(Set.of(State.CHECKS_FAILED)));
        assertThat(states(lateOnes)).containsExactly(State.NOT_CHECKED);
        othersAreKnown.countDown();
        awaitThat(() -> states(lateOnes).equals(Set.of(State.UP)));
    }

    private List<String> addresses(int count, RawServer.Script script) throws IOException {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(serving(script).address());
        }
        return addresses;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<State> states(List<String> servers) {
        return proxy.routing().current().upstream("up-t.local").peers().stream()
                .filter(peer -> servers.contains(peer.spec().address()))
                .map(peer -> peer.health().state())
                .collect(Collectors.toSet());
    }

    @Test
    void connectionsAreKeptUnlessThePolicySaysOtherwise() throws Exception {
        RawServer kept = serving((request, exchange) -> exchange.ok("ok"));
        RawServer fresh = serving((request, exchange) -> exchange.ok("ok"));

        route("{'interval':'100ms','timeout':'90ms'}", kept.address());
        awaitThat(() -> kept.requests().size() >= 6);
        // One more where a busy machine let a check run out of time.
        assertThat(kept.connections()).isLessThanOrEqualTo(2);

        route("{'interval':'100ms','timeout':'90ms','reuse':false}", fresh.address());
        awaitThat(() -> fresh.requests().size() >= 6);
        assertThat(fresh.connections()).isGreaterThanOrEqualTo(6);
        assertThat(fresh.lastRequest().field("Connection")).isEqualTo("close");
    }

    @Test
    void aKeptConnectionThatTheServerClosedIsNobodysFailure() throws Exception {
        RawServer server = serving((request, exchange) -> {
            exchange.ok("ok");
            exchange.socket().close();
        });
        route("{'interval':'500ms','timeout':'490ms','fall':1,'until_checked':'down'}", server.address());
        assertThat(found().state()).isEqualTo(State.UP);

        int known = server.requests().size();
        awaitThat(() -> server.requests().size() >= known + 3);

        assertThat(peer(0).health().state()).isEqualTo(State.UP);
    }

    @Test
    void requestsLeaveAServerThatIsFoundDownAndComeBack() throws Exception {
        AtomicBoolean well = new AtomicBoolean(true);
        RawServer one = serving((request, exchange) -> {
            boolean check = request.target().equals("/check");
            exchange.send(
                    "HTTP/1.1 " + (check && !well.get() ? "503 X" : "200 OK") + "\r\nContent-Length: 3\r\n\r\none");
        });
        RawServer two = serving((request, exchange) -> exchange.ok("two"));
        route("{'path':'/check','interval':'500ms','timeout':'490ms'}", one.address(), two.address());
        assertThat(List.of(
                        proxy.get("t.local", "/").body(),
                        proxy.get("t.local", "/").body()))
                .containsExactlyInAnyOrder("one", "two");

        well.set(false);
        awaitThat(() -> peer(0).leftOut());
        for (int i = 0; i < 6; i++) {
            assertThat(proxy.get("t.local", "/").body()).isEqualTo("two");
        }

        well.set(true);
        awaitThat(() -> !peer(0).leftOut());
        assertThat(List.of(
                        proxy.get("t.local", "/").body(),
                        proxy.get("t.local", "/").body()))
                .contains("one");
    }

    @Test
    void endWithThePolicyAndWithTheServer() throws Exception {
        RawServer one = serving((request, exchange) -> exchange.ok("one"));
        RawServer two = serving((request, exchange) -> exchange.ok("two"));
        route("{'interval':'100ms','timeout':'90ms'}", one.address(), two.address());
        awaitThat(() -> one.requests().size() > 2 && two.requests().size() > 2);

        proxy.routing()
                .apply(RoutingChange.builder()
                        .removeServer("up-t.local", one.address())
                        .build());
        int known = two.requests().size();
        awaitThat(() -> two.requests().size() > known + 2);
        int rest = one.requests().size();
        awaitThat(() -> two.requests().size() > known + 6);
        assertThat(one.requests()).hasSize(rest);

        CountDownLatch ended = new CountDownLatch(1);
        proxy.routing().apply(RoutingChange.builder().removePolicy("up-t.local").build());
        RawServer other = serving((request, exchange) -> ended.countDown());
        proxy.routing()
                .apply(RoutingChange.builder()
                        .putUpstream("other", Map.of(other.address(), ""))
                        .putPolicy("other", "{\"check\":{\"interval\":\"100ms\",\"timeout\":\"90ms\"}}")
                        .build());
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        int last = two.requests().size();
        awaitThat(() -> other.requests().size() > 5);
        assertThat(two.requests()).hasSize(last);
    }

    @Test
    void theirConnectionsEndWithThem() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            route("{'interval':'1m','until_checked':'down'}", "127.0.0.1:" + listening.getLocalPort());
            try (Socket kept = listening.accept()) {
                kept.setSoTimeout(20_000);
                InputStream in = kept.getInputStream();
                String head = "";
                while (!head.endsWith("\r\n\r\n")) {
                    head += (char) in.read();
                }
                kept.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
                assertThat(found().state()).isEqualTo(State.UP);

                proxy.routing()
                        .apply(RoutingChange.builder()
                                .removePolicy("up-t.local")
                                .build());

                assertThat(in.read()).isEqualTo(-1);
            }
        }
    }
}

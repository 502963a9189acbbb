package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.http1.server.Eventually;
import io.erulb.routing.RoutingChange;
import io.erulb.upstream.CheckResult;
import io.erulb.upstream.Upstream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests wait for room at a server that is at its limit of connections. */
@Timeout(30)
class QueueTest {
    private final Semaphore answers = new Semaphore(0);
    private final List<RawClient> clients = new ArrayList<>();
    private ProxyFixture proxy;
    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        proxy = ProxyFixture.start();
        server = RawServer.start((request, exchange) -> {
            answers.acquireUninterruptibly();
            exchange.ok(request.target());
        });
    }

    @AfterEach
    void stop() throws IOException {
        answers.release(1000);
        proxy.close();
        server.close();
        for (RawClient client : clients) {
            client.close();
        }
    }

    private void route(String parameters, String queue) {
        proxy.routing()
                .apply(RoutingChange.builder()
                        .putUpstream("up-t.local", Map.of(server.address(), parameters))
                        .putDomain("t.local", ProxyFixture.backend("up-t.local"))
                        .putPolicy("up-t.local", "{\"queue\":" + queue.replace('\'', '"') + "}")
                        .build());
    }

    private Upstream upstream() {
        return proxy.routing().current().upstream("up-t.local");
    }

    private RawClient send(String target) throws IOException {
        RawClient client = proxy.client();
        clients.add(client);
        return client.send("GET " + target + " HTTP/1.1\r\nHost: t.local\r\n\r\n");
    }

    private void awaitFirst() {
        Eventually.holds("the first request", () -> !server.requests().isEmpty());
    }

    private void awaitWaiting(int number) {
        Eventually.holds("requests that wait", () -> upstream().waiting() == number);
    }

    @Test
    void theyAreAnsweredOneAfterTheOtherInTheirOrder() throws IOException {
        route("max_conns=1", "{}");
        RawClient first = send("/1");
        awaitFirst();
        RawClient second = send("/2");
        awaitWaiting(1);
        RawClient third = send("/3");
        awaitWaiting(2);

        answers.release();
        assertThat(first.read().body()).isEqualTo("/1");
        answers.release();
        assertThat(second.read().body()).isEqualTo("/2");
        answers.release();
        assertThat(third.read().body()).isEqualTo("/3");
        assertThat(server.connections()).as("one for each of two threads").isLessThanOrEqualTo(2);
        assertThat(upstream().waiting()).isZero();
    }

    @Test
    void aServerThatComesMeanwhileTakesOneThatWaits() throws IOException {
        route("max_conns=1", "{}");
        send("/1");
        awaitFirst();
        RawClient second = send("/2");
        awaitWaiting(1);

        try (RawServer other = RawServer.named("other")) {
            proxy.routing()
                    .apply(RoutingChange.builder()
                            .putServer("up-t.local", other.address(), "")
                            .build());

            assertThat(second.read().body()).isEqualTo("other");
        }
    }

    @Test
    void moreRoomAtTheServerIsRoomForOneThatWaits() throws IOException {
        route("max_conns=1", "{}");
        send("/1");
        awaitFirst();
        RawClient second = send("/2");
        awaitWaiting(1);

        route("max_conns=2", "{}");
        Eventually.holds("the second request", () -> server.requests().size() == 2);
        answers.release(2);

        assertThat(second.read().body()).isEqualTo("/2");
    }

    @Test
    void noMoreWaitThanMay() throws IOException {
        route("max_conns=1", "{'size':1}");
        send("/1");
        awaitFirst();
        RawClient second = send("/2");
        awaitWaiting(1);

        assertThat(send("/3").read().status()).isEqualTo(503);

        answers.release(2);
        assertThat(second.read().body()).isEqualTo("/2");
    }

    @Test
    void noneWaitsForEver() throws IOException {
        route("max_conns=1", "{'timeout':'100ms'}");
        RawClient first = send("/1");
        awaitFirst();

        RawClient.RawAnswer late = send("/2").read();

        assertThat(late.status()).isEqualTo(503);
        assertThat(late.body()).isEqualTo("503 Service Unavailable: no server of the upstream had room in time\n");
        assertThat(upstream().waiting()).isZero();
        answers.release();
        assertThat(first.read().status()).isEqualTo(200);
    }

    @Test
    void oneWhoLeavesGivesItsPlaceUp() throws IOException {
        route("max_conns=1", "{}");
        send("/1");
        awaitFirst();
        RawClient second = send("/2");
        awaitWaiting(1);
        second.reset();
        awaitWaiting(0);
        RawClient third = send("/3");
        awaitWaiting(1);

        answers.release(2);

        assertThat(third.read().body()).isEqualTo("/3");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void manyFromManyThreadsAreAllAnswered() throws Exception {
        route("max_conns=3", "{'size':500,'timeout':'20s'}");
        answers.release(100_000);
        load(16, 200);

        assertThat(server.requests()).hasSize(16 * 200);
        assertThat(server.connections()).isLessThanOrEqualTo(2 * 3);
        assertThat(upstream().waiting()).isZero();
    }

    @Test
    void noRequestComesTwiceHoweverRoomIsMade() throws Exception {
        answers.release(1_000_000);
        try (RawServer other = RawServer.start((request, exchange) -> exchange.ok(request.target()))) {
            proxy.routing()
                    .apply(RoutingChange.builder()
                            .putUpstream(
                                    "up-t.local",
                                    Map.of(server.address(), "max_conns=1", other.address(), "max_conns=1"))
                            .putDomain("t.local", ProxyFixture.backend("up-t.local"))
                            .putPolicy("up-t.local", "{\"queue\":{\"size\":500,\"timeout\":\"20s\"}}")
                            .build());
            load(8, 1500);

            List<String> targets = new ArrayList<>();
            server.requests().forEach(request -> targets.add(request.target()));
            other.requests().forEach(request -> targets.add(request.target()));
            assertThat(targets).hasSize(8 * 1500).doesNotHaveDuplicates();
        }
        assertThat(upstream().peers()).allMatch(peer -> peer.active() == 0 && peer.fails() == 0);
        Eventually.holds(
                "none is left, of " + proxy.proxy().active(),
                () -> proxy.proxy().active() == 0);
    }

    private void load(int threads, int requests) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(threads);
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < threads; i++) {
            String name = "/" + i + "-";
            new Thread(() -> {
                        try (RawClient client = proxy.client()) {
                            for (int n = 0; n < requests; n++) {
                                int status = client.get("t.local", name + n).status();
                                if (status != 200) {
                                    failures.add("status " + status);
                                }
                            }
                        } catch (IOException e) {
                            failures.add(e.toString());
                        } finally {
                            done.countDown();
                        }
                    })
                    .start();
        }
        done.await();
        assertThat(failures).isEmpty();
    }

    @Test
    void aServerThatIsBackServesThoseWhoWaitAndThoseWhoCome() throws Exception {
        route("max_conns=1 max_fails=0", "{'timeout':'5s'}");
        RawClient first = send("/1");
        awaitFirst();
        RawClient second = send("/2");
        awaitWaiting(1);
        upstream().peers().get(0).checked(new CheckResult(false, "test"), 1, 1);

        answers.release(10);
        assertThat(first.read().status()).isEqualTo(200);
        assertThat(second.read().body()).isEqualTo("/2");
        assertThat(send("/3").read().status()).isEqualTo(200);
    }

    @Test
    void aServerMoreServesThoseWhoComeAlthoughOthersWait() throws IOException {
        route("max_conns=1", "{'timeout':'10s'}");
        send("/1");
        awaitFirst();
        send("/2");
        awaitWaiting(1);

        try (RawServer other = RawServer.named("other")) {
            proxy.routing()
                    .apply(RoutingChange.builder()
                            .putServer("up-t.local", other.address(), "")
                            .build());

            assertThat(send("/3").read().body()).isEqualTo("other");
        }
    }
}

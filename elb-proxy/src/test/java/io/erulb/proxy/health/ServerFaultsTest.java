package io.erulb.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.ProxyFixture;
import io.erulb.proxy.RawClient;
import io.erulb.proxy.RawClient.RawAnswer;
import io.erulb.proxy.http1.server.Eventually;
import io.erulb.routing.RoutingChange;
import io.erulb.upstream.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers fail in every way they know, under load, while one of them is well. */
@Timeout(60)
class ServerFaultsTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 3;
    private static final int REQUESTS = 60;
    private static final String CHECKED =
            "{\"check\":{\"interval\":\"500ms\",\"timeout\":\"200ms\",\"rise\":1},\"retry\":{\"timeout\":\"600ms\"}}";
    private static final String UNCHECKED = "{\"retry\":{\"timeout\":\"600ms\"}}";
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final ProxyFixture proxy = ProxyFixture.start();
    private final List<FaultyServer> servers = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean loading = true;

    @BeforeEach
    void start() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            servers.add(new FaultyServer(name));
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        for (FaultyServer server : servers) {
            server.close();
        }
    }

    private void route(String policy) {
        Map<String, String> parameters = new LinkedHashMap<>();
        servers.forEach(server -> parameters.put(server.address(), "fail_timeout=1s"));
        proxy.routing()
                .apply(RoutingChange.builder()
                        .putUpstream("up-t.local", parameters)
                        .putDomain("t.local", ProxyFixture.backend("up-t.local"))
                        .putPolicy("up-t.local", policy)
                        .build());
    }

    private List<Peer> peers() {
        return proxy.routing().current().upstream("up-t.local").peers();
    }

    private static Stream<Arguments> faults() {
        return Stream.of(FaultyServer.Mode.values())
                .flatMap(mode -> Stream.of(Arguments.of(mode, CHECKED), Arguments.of(mode, UNCHECKED)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void withOneGoodServerLeftNoGetFailsAndNoPostComesTwice(FaultyServer.Mode fault, String policy) throws Exception {
        route(policy);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String client = "client-" + i;
            Thread thread = new Thread(() -> load(client), client);
            thread.start();
            threads.add(thread);
        }

        awaitRequests();
        for (int round = 0; round < ROUNDS; round++) {
            // The last one stays well: one request may meet several at different times.
            servers.get(0).become(fault);
            servers.get(1).become(round == 1 ? FaultyServer.Mode.WELL : fault);
            awaitRequests();
            servers.get(0).become(FaultyServer.Mode.WELL);
            awaitRequests();
        }
        loading = false;
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThat(servers.stream().flatMap(server -> server.posts().stream())).doesNotHaveDuplicates();
        assertThat(peers()).allMatch(peer -> peer.active() == 0);
    }

    private void awaitRequests() {
        int more = answered.get() + REQUESTS;
        Eventually.holds("requests answered", () -> answered.get() >= more);
    }

    private void load(String name) {
        for (int i = 0; loading; i++) {
            try (RawClient client = proxy.client()) {
                for (int n = 0; n < 10 && loading; n++) {
                    RawAnswer answer = client.get("t.local", "/" + name + "-" + i + "-" + n);
                    if (answer.status() != 200 || !answer.complete()) {
                        failures.add(answer.toString());
                    }
                    answered.incrementAndGet();
                }
                client.send("POST /" + name + "-" + i + " HTTP/1.1\r\nHost: t.local\r\nContent-Length: 4\r\n\r\nbody")
                        .read();
            } catch (IOException e) {
                failures.add(name + ": " + e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILLED", "RESETTING", "HALF_CLOSING"})
    void whenAllAreDownThatIsAnsweredAtOnceAndTheFirstOneBackIsUsedAtOnce(FaultyServer.Mode fault) throws Exception {
        for (String policy : List.of(CHECKED, UNCHECKED)) {
            route(policy);
            for (FaultyServer server : servers) {
                server.become(fault);
            }

            for (int i = 0; i < 5; i++) {
                long begun = System.nanoTime();
                assertThat(proxy.get("t.local", "/").status()).isIn(502, 503);
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
            }

            servers.get(1).become(FaultyServer.Mode.WELL);
            assertThat(untilAnswered()).as("back, %s", policy).isLessThan(AT_ONCE);
            for (FaultyServer server : servers) {
                server.become(FaultyServer.Mode.WELL);
            }
        }
    }

    /** How long it takes until a request is answered well. */
    private Duration untilAnswered() throws IOException {
        long begun = System.nanoTime();
        while (proxy.get("t.local", "/").status() != 200) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void checksMarkAServerThatHangsWithinTheIntervalTimesTheFailuresNeeded() throws Exception {
        route("{\"check\":{\"interval\":\"2s\",\"timeout\":\"800ms\",\"fall\":2}}");
        Eventually.holds("checked", () -> servers.get(0).checks() > 0);

        servers.get(0).become(FaultyServer.Mode.HANGING);
        long hung = System.nanoTime();
        Eventually.holds("found out", () -> peers().get(0).leftOut());

        assertThat(Duration.ofNanos(System.nanoTime() - hung)).isLessThan(Duration.ofSeconds(4));
        assertThat(proxy.get("t.local", "/").status()).isEqualTo(200);
    }

    @Test
    void whenChecksFindAllHangingThatIsAnsweredAtOnceAndTheFirstOneBackIsUsedAtOnce() throws Exception {
        route(CHECKED);
        Eventually.holds("checked", () -> servers.stream().allMatch(server -> server.checks() > 0));
        for (FaultyServer server : servers) {
            server.become(FaultyServer.Mode.HANGING);
        }
        Eventually.holds("found out", () -> peers().stream().allMatch(Peer::leftOut));

        long begun = System.nanoTime();
        assertThat(proxy.get("t.local", "/").status()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(200));

        servers.get(1).become(FaultyServer.Mode.WELL);
        assertThat(untilAnswered()).isLessThan(AT_ONCE);
    }
}

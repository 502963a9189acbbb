package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.routing.RoutingChange;
import io.erulb.rules.FilterTypes;
import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.Limit;
import io.erulb.rules.spi.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A limit hears once, and no more than once, that a request is over, whatever ended it and before either listener. */
@Timeout(60)
class RequestEndTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: t.local\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: t.local\r\nContent-Length: 100\r\n\r\n";
    private static final RawServer.Script SILENT =
            (request, exchange) -> exchange.in().read();
    private static final RawServer.Script HALF_AN_ANSWER = (request, exchange) -> {
        exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        exchange.in().read();
    };
    private static final RawServer.Script CUT_ANSWER = (request, exchange) -> {
        exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        exchange.socket().close();
    };
    private static final RawServer.Script LARGE_ANSWER = (request, exchange) -> {
        exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 33554432\r\n\r\n");
        exchange.out().write(new byte[33_554_432]);
    };
    private static final RawServer.Script SWITCHING = (request, exchange) -> {
        exchange.send("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\ninside");
        exchange.in().transferTo(exchange.out());
    };

    /** The times that the end of each request was told. */
    private final List<AtomicInteger> ends = new CopyOnWriteArrayList<>();

    /** Lets everything through and hears of the ends. */
    private final FilterProvider hearing = new FilterProvider() {
        @Override
        public String type() {
            return "hearing";
        }

        @Override
        public Filter create(FilterArgs args) {
            return new Limit() {
                @Override
                public Verdict test(RequestView request) {
                    return Verdict.MATCH;
                }

                @Override
                public Verdict take(RequestView request) {
                    AtomicInteger told = new AtomicInteger();
                    ends.add(told);
                    request.whenDone(told::incrementAndGet);
                    return Verdict.MATCH;
                }
            };
        }
    };

    /** What a client does, to the end of what it wants. */
    @FunctionalInterface
    interface Play {
        void play(ProxyFixture proxy, RawServer server) throws Exception;
    }

    record Ending(String name, int requests, String then, RawServer.Script server, Play play) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Ending forwarded(String name, RawServer.Script server, Play play) {
        return new Ending(name, 1, "'type': 'backend', 'args': {'servername': 'up'}", server, play);
    }

    private static Ending answeredHere(String name, String then, int status, String request) {
        return new Ending(name, 1, then, SILENT, (proxy, server) -> {
            try (RawClient client = proxy.client()) {
                assertThat(client.send(request).read(request.startsWith("HEAD")).status())
                        .isEqualTo(status);
            }
        });
    }

    private static Play statusOf(String request, int status) {
        return (proxy, server) -> {
            try (RawClient client = proxy.client()) {
                assertThat(client.send(request).read().status()).isEqualTo(status);
            }
        };
    }

    private static Play leavingWhileTheServerWorks(String request) {
        return (proxy, server) -> {
            RawClient client = proxy.client().send(request);
            server.awaitRequest();
            client.reset();
        };
    }

    static Stream<Ending> endings() {
        return Stream.of(
                answeredHere("answered by a rule", "'type': 'respond', 'args': {'body': 'x'}", 200, GET),
                answeredHere("HEAD answered by a rule", "'type': 'respond'", 200, GET.replace("GET", "HEAD")),
                answeredHere("answered by a rule, its body unread", "'type': 'respond'", 200, POST),
                answeredHere("redirected", "'type': 'redirect', 'args': {'location': '/'}", 302, GET),
                answeredHere("no edge", "'type': 'ua', 'args': {'pattern': 'x'}", 403, GET),
                answeredHere("a failing rule", "'type': 'failing'", 500, GET),
                answeredHere("an unknown upstream", "'type': 'backend', 'args': {'servername': 'no~name'}", 503, GET),
                answeredHere(
                        "no more hops",
                        "'type': 'backend', 'args': {'servername': 'up'}",
                        200,
                        "OPTIONS / HTTP/1.1\r\nHost: t.local\r\nMax-Forwards: 0\r\n\r\n"),
                answeredHere(
                        "too large a body",
                        "'type': 'backend', 'args': {'servername': 'up'}",
                        413,
                        POST.replace("100", "10000")),
                new Ending(
                        "several on a connection",
                        5,
                        "'type': 'backend', 'args': {'servername': 'up'}",
                        (request, exchange) -> exchange.ok("x"),
                        (proxy, server) -> {
                            try (RawClient client = proxy.client()) {
                                client.send(GET.repeat(5));
                                for (int i = 0; i < 5; i++) {
                                    assertThat(client.read().body()).isEqualTo("x");
                                }
                            }
                        }),
                forwarded("an unreachable server", SILENT, (proxy, server) -> {
                    server.close();
                    try (RawClient client = proxy.client()) {
                        // The port may be another's by now, who says something else.
                        assertThat(client.send(GET).read().status()).isGreaterThanOrEqualTo(500);
                    }
                }),
                forwarded("a silent server", SILENT, statusOf(GET, 504)),
                forwarded(
                        "an answer of nonsense",
                        (request, exchange) -> exchange.send("nonsense\r\n\r\n"),
                        statusOf(GET, 502)),
                forwarded("a cut answer", CUT_ANSWER, (proxy, server) -> {
                    try (RawClient client = proxy.client().send(GET)) {
                        assertThat(client.read().complete()).isFalse();
                    }
                }),
                forwarded("a client that leaves meanwhile", SILENT, leavingWhileTheServerWorks(GET)),
                forwarded("a client that leaves in the answer", HALF_AN_ANSWER, (proxy, server) -> {
                    RawClient client = proxy.client().send(GET);
                    client.readHead();
                    client.reset();
                }),
                forwarded("a client that does not read", LARGE_ANSWER, (proxy, server) -> {
                    RawClient client = proxy.client().send(GET);
                    client.readHead();
                    client.readText(100_000);
                    client.close();
                }),
                forwarded("a client that leaves in its body", SILENT, (proxy, server) -> {
                    RawClient client = proxy.client().send(POST + "half");
                    awaitConnection(server);
                    client.reset();
                }),
                forwarded("a client that ends in its body", SILENT, (proxy, server) -> {
                    RawClient client = proxy.client().send(POST + "half").halfClose();
                    assertThat(client.isClosedByServer()).isTrue();
                }),
                forwarded("a client whose body does not come", SILENT, statusOf(POST + "half", 408)),
                forwarded("a switched protocol that the client ends", SWITCHING, (proxy, server) -> {
                    try (RawClient client = proxy.client()) {
                        client.send(switchingRequest()).readHead();
                        assertThat(client.readText(6)).isEqualTo("inside");
                        assertThat(client.halfClose().isClosedByServer()).isTrue();
                    }
                }),
                forwarded("a switched protocol that breaks", SWITCHING, (proxy, server) -> {
                    RawClient client = proxy.client();
                    client.send(switchingRequest()).readHead();
                    client.reset();
                }));
    }

    private static String switchingRequest() {
        return GET.replace("\r\n\r\n", "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    }

    static Stream<Arguments> endingsBeforeEachListener() {
        return Stream.of(Front.Kind.values()).flatMap(kind -> endings().map(ending -> Arguments.of(kind, ending)));
    }

    private static void awaitConnection(RawServer server) {
        while (server.connections() == 0) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @MethodSource("endingsBeforeEachListener")
    void isToldOnce(Front.Kind kind, Ending ending) throws Exception {
        try (RawServer server = RawServer.start(ending.server)) {
            ProxyFixture proxy = start(kind);
            try {
                proxy.routing()
                        .apply(RoutingChange.builder()
                                .putUpstream("up", Map.of(server.address(), ""))
                                .putDomain("t.local", rules(ending.then))
                                .build());

                ending.play.play(proxy, server);
                awaitEnds(ending.requests);
            } finally {
                // Whatever might tell an end again has been called by then.
                proxy.close();
            }
        }
        assertThat(ends)
                .hasSize(ending.requests)
                .allSatisfy(told -> assertThat(told).hasValue(1));
    }

    private ProxyFixture start(Front.Kind kind) {
        FilterProvider failing = new FilterProvider() {
            @Override
            public String type() {
                return "failing";
            }

            @Override
            public Filter create(FilterArgs args) {
                return request -> {
                    throw new IllegalStateException("planted");
                };
            }
        };
        return ProxyFixture.start(
                kind,
                FilterTypes.installed().with(hearing, failing),
                builder -> builder.timeouts(ProxyFixture.SHORT)
                        .clientTimeouts(ProxyFixture.SHORT_FOR_CLIENTS)
                        .maxBody(1_000));
    }

    private static String rules(String then) {
        return "{'init': 'r1', 'rules': {'r1': {'type': 'hearing', 'args': {'succ': 'r2'}}, 'r2': {%s}}}"
                .formatted(then)
                .replace('\'', '"');
    }

    private void awaitEnds(int requests) {
        long latest = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (ends.stream().filter(told -> told.get() > 0).count() < requests && System.nanoTime() - latest < 0) {
            Thread.onSpinWait();
        }
    }
}

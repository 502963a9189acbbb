package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Those who watch requests see what the rules decided, which way, and how it ended. */
class RequestObserverTest {
    private static final String RULES = """
            {"init": "old", "rules": {
              "old": {"type": "path", "args": {"pattern": "/old", "succ": "gone", "fail": "app"}},
              "gone": {"type": "respond", "args": {"status": 410}},
              "app": {"type": "path", "args": {"pattern": "/app", "succ": "up"}},
              "up": {"type": "backend", "args": {"servername": "up-other.local"}}}}""";

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private final RequestObserver noting = new RequestObserver() {
        @Override
        public void decided(RoutedRequest request) {
            seen.add("decided " + way(request));
        }

        @Override
        public void over(RoutedRequest request, int status) {
            seen.add(status + " " + way(request));
        }
    };

    private static String way(RoutedRequest request) {
        return request.view().path() + " " + request.domain().graph().path(request.walk());
    }

    @Test
    void seesForwardedRequestsAndThoseTheRulesAnswer() throws Exception {
        try (RawServer server = RawServer.start(
                        (request, exchange) -> exchange.send("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"));
                ProxyFixture proxy = ProxyFixture.start(builder -> builder.observer(noting))) {
            proxy.route("other.local", server).rules("t.local", RULES);

            proxy.get("t.local", "/old");
            proxy.get("t.local", "/app");
            proxy.get("t.local", "/");
            proxy.get("unknown.local", "/");
        }

        assertThat(seen)
                .containsExactly(
                        "decided /old old+ gone",
                        "410 /old old+ gone",
                        "decided /app old- app+ up",
                        "201 /app old- app+ up",
                        "decided / old- app-",
                        "403 / old- app-");
    }

    @ParameterizedTest
    @CsvSource({"GET /old, 410", "GET /, 403", "GET /app, 503", "OPTIONS /app, 200"})
    void seesWhatIsAnsweredHereBeforeItIs(String request, int status) throws Exception {
        RequestObserver observer = new RequestObserver() {
            @Override
            public void over(RoutedRequest routed, int itsStatus) {
                seen.add(itsStatus + (routed.exchange().isResponseStarted() ? " late" : ""));
            }
        };
        try (ProxyFixture proxy = ProxyFixture.start(builder -> builder.observer(observer));
                RawClient client = proxy.rules("t.local", RULES).client()) {
            client.send(request + " HTTP/1.1\r\nHost: t.local\r\nMax-Forwards: 0\r\n\r\n")
                    .read();
        }

        assertThat(seen).containsExactly(Integer.toString(status));
    }

    @Test
    void oneThatFailsCostsNobodyAnything() throws Exception {
        RequestObserver failing = new RequestObserver() {
            @Override
            public void decided(RoutedRequest request) {
                throw new IllegalStateException("planted");
            }

            @Override
            public void over(RoutedRequest request, int status) {
                throw new IllegalStateException("planted");
            }
        };
        try (RawServer server = RawServer.named("done");
                ProxyFixture proxy =
                        ProxyFixture.start(builder -> builder.observer(failing).observer(noting))) {
            proxy.route("t.local", server);

            assertThat(proxy.get("t.local", "/a").body()).isEqualTo("done");
        }

        assertThat(seen).containsExactly("decided /a r", "200 /a r");
    }
}

package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingOptions;
import io.undertow.server.HttpHandler;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an answer's fields with {@code passHeadsOn}, and without. */
@Timeout(30)
class PassedOnHeadTest {
    private static final HttpString MARK = new HttpString("X-Mark");

    private final BlockingQueue<List<String>> seen = new LinkedBlockingQueue<>();

    private RawClient.RawAnswer answer(boolean on, String raw, String request) throws IOException {
        try (LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());
                ElbProxy proxy = ElbProxy.builder(routing).passHeadsOn(on).build();
                RawServer server = RawServer.start((ignored, exchange) -> exchange.send(raw));
                Front front = Front.Kind.OUR_LISTENER.open(around(proxy));
                RawClient client = new RawClient(front.port())) {
            routing.apply(RoutingChange.builder()
                    .putUpstream("up", Map.of(server.address(), ""))
                    .putDomain("t.local", ProxyFixture.backend("up"))
                    .build());
            return client.send(request + " / HTTP/1.1\r\nHost: t.local\r\n\r\n").read(request.equals("HEAD"));
        }
    }

    private HttpHandler around(HttpHandler proxy) {
        return exchange -> {
            exchange.getResponseHeaders().put(MARK, "ours");
            exchange.addExchangeCompleteListener((done, next) -> {
                seen.add(done.getResponseHeaders().getHeaderNames().stream()
                        .map(HttpString::toString)
                        .sorted()
                        .toList());
                next.proceed();
            });
            proxy.handleRequest(exchange);
        };
    }

    @Test
    void handlersAroundTheProxySeeTheFieldsOfAnAnswer() throws Exception {
        answer(false, "HTTP/1.1 200 OK\r\nServer: s\r\nContent-Length: 0\r\n\r\n", "GET");

        assertThat(seen.take()).containsExactly("Content-Length", "Server", "Via", "X-Mark");
    }

    @Test
    void handlersAroundTheProxyDoNotSeeFieldsThatArePassedOn() throws Exception {
        answer(true, "HTTP/1.1 200 OK\r\nServer: s\r\nContent-Length: 0\r\n\r\n", "GET");

        assertThat(seen.take()).containsExactly("Via", "X-Mark");
    }

    @Test
    void fieldsArePassedOnAsTheyCameWithThoseOfHandlersBehindThem() throws IOException {
        RawClient.RawAnswer answer = answer(
                true,
                "HTTP/1.1 200 OK\r\nX-a:  1 \r\nx-A:\t2\r\nDate: yesterday\r\nConnection: X-Hop\r\nX-Hop: 1\r\n"
                        + "Keep-Alive: timeout=5\r\nContent-Length: 2\r\nX-Empty:\r\n\r\nhi",
                "GET");

        assertThat(answer.head())
                .startsWith(
                        "HTTP/1.1 200 OK\r\nX-a:  1\r\nx-A:\t2\r\nDate: yesterday\r\nContent-Length: 2\r\nX-Empty:\r\n")
                .contains("X-Mark: ours\r\n", "Via: 1.1 elb\r\n")
                .doesNotContain("X-Hop", "Keep-Alive", "Connection");
        assertThat(answer.fields("Date")).hasSize(1);
        assertThat(answer.body()).isEqualTo("hi");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerOfUnknownLengthGoesInChunks(boolean on) throws IOException {
        RawClient.RawAnswer answer =
                answer(on, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: 1\r\n\r\n2\r\nhi\r\n0\r\n\r\n", "GET");

        assertThat(answer.fields("Transfer-Encoding")).containsExactly("chunked");
        assertThat(answer.field("X")).isEqualTo("1");
        assertThat(answer.fields("Date")).hasSize(1);
        assertThat(answer.body()).isEqualTo("hi");
        assertThat(answer.complete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerWithoutContentHasNoLength(boolean on) throws IOException {
        RawClient.RawAnswer answer = answer(on, "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n", "GET");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.field("Content-Length")).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerToHeadKeepsTheLengthItClaims(boolean on) throws IOException {
        RawClient.RawAnswer answer = answer(on, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", "HEAD");

        assertThat(answer.field("Content-Length")).isEqualTo("2");
        assertThat(answer.body()).isEmpty();
    }
}

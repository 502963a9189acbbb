package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawClient.RawAnswer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a hop is told and counted: Via (RFC 9110 7.6.3) and Max-Forwards (7.6.2). */
class HopsTest {
    private RawServer server;
    private ProxyFixture proxy;

    @BeforeEach
    void start() throws IOException {
        server = RawServer.named("from the server");
        proxy = ProxyFixture.start().route("t.local", server);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    private RawAnswer send(String line, String fields) throws IOException {
        try (RawClient client = proxy.client()) {
            return client.send(line + "\r\nHost: t.local\r\n" + fields + "\r\n").read();
        }
    }

    @ParameterizedTest
    @CsvSource({"1.1, 1.1 elb", "1.0, 1.0 elb"})
    void viaTellsTheVersionARequestCameBy(String version, String via) throws IOException {
        send("GET / HTTP/" + version, "");

        assertThat(server.lastRequest().fields("Via")).containsExactly(via);
    }

    @Test
    void viaOfARequestIsContinued() throws IOException {
        send("GET / HTTP/1.1", "Via: 1.0 fred\r\nVia: 2 p.example (x)\r\n");

        assertThat(server.lastRequest().fields("Via")).containsExactly("1.0 fred, 2 p.example (x), 1.1 elb");
    }

    @ParameterizedTest
    @CsvSource({"1.1, 1.1 elb", "1.0, 1.0 elb"})
    void viaTellsTheVersionAnAnswerCameBy(String version, String via) throws IOException {
        try (RawServer old = RawServer.start((request, exchange) ->
                exchange.send("HTTP/" + version + " 200 OK\r\nVia: 1.1 inner\r\nContent-Length: 0\r\n\r\n"))) {
            proxy.route("t.local", old);

            assertThat(send("GET / HTTP/1.1", "").fields("Via")).containsExactly("1.1 inner", via);
        }
    }

    @Test
    void answersOfOurOwnCameByNobody() throws IOException {
        assertThat(proxy.get("unknown.local", "/").fields("Via")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "10, 9", "007, 6", "99999999999999999999, 999999999"})
    void optionsGoesOnWithOneHopLess(String came, String sent) throws IOException {
        RawAnswer answer = send("OPTIONS /a HTTP/1.1", "Max-Forwards: " + came + "\r\n");

        assertThat(answer.body()).isEqualTo("from the server");
        assertThat(server.lastRequest().fields("Max-Forwards")).containsExactly(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS /a HTTP/1.1", "OPTIONS * HTTP/1.1"})
    void optionsWithoutHopsIsAnsweredHere(String line) throws IOException {
        RawAnswer answer = send(line, "Max-Forwards: 0\r\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Allow")).contains("OPTIONS");
        assertThat(answer.field("Content-Length")).isEqualTo("0");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aConnectionServesOnAfterOptionsWithABodyWasAnsweredHere() throws IOException {
        try (RawClient client = proxy.client()) {
            client.send("OPTIONS / HTTP/1.1\r\nHost: t.local\r\nMax-Forwards: 0\r\nContent-Length: 3\r\n\r\nabc");

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.get("t.local", "/").body()).isEqualTo("from the server");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Max-Forwards: -1\r\n",
                "Max-Forwards: +1\r\n",
                "Max-Forwards:\r\n",
                "Max-Forwards: 1, 2\r\n",
                "Max-Forwards: 0x1\r\n",
                "Max-Forwards: 0\r\nMax-Forwards: 5\r\n"
            })
    void whatCannotBeCountedDownIsRefused(String fields) throws IOException {
        assertThat(send("OPTIONS / HTTP/1.1", fields).status()).isEqualTo(400);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void connectionCannotTakeTheCountAway() throws IOException {
        send("OPTIONS / HTTP/1.1", "Connection: Max-Forwards\r\nMax-Forwards: 3\r\n");

        assertThat(server.lastRequest().fields("Max-Forwards")).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "x"})
    void otherMethodsPassItUnchanged(String value) throws IOException {
        send("GET / HTTP/1.1", "Max-Forwards: " + value + "\r\n");

        assertThat(server.lastRequest().fields("Max-Forwards")).containsExactly(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7"})
    void traceIsAnsweredHereWhateverTheCount(String value) throws IOException {
        assertThat(send("TRACE / HTTP/1.1", "Max-Forwards: " + value + "\r\n").status())
                .isEqualTo(405);
        assertThat(server.requests()).isEmpty();
    }
}

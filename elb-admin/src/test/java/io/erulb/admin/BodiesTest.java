package io.erulb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How bodies come over the wire. */
final class BodiesTest {
    private static final String PUT = "PUT /__erulb__/upstream HTTP/1.1\r\nHost: t.local\r\nConnection: close\r\n";
    private static final String UP1 = "{\"up1\":{\"127.0.0.1\":\"\"}}";

    private final AdminFixture elb = AdminFixture.start(admin -> admin.maxBody(1000));

    @AfterEach
    void stop() {
        elb.close();
    }

    private boolean hasUp1() {
        return elb.routing().current().upstreams().containsKey("up1");
    }

    @Test
    void aChunkedBodyIsReadAsOne() {
        String answer = elb.raw(PUT + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"up1\r\n13\r\n" + UP1.substring(5, 24)
                + "\r\n1\r\n" + UP1.substring(24) + "\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("{\"msg\":\"OK\"}");
        assertThat(hasUp1()).isTrue();
    }

    @Test
    void aBodyInPiecesIsReadWithoutHoldingUpOtherCalls() throws IOException {
        try (Socket slow = elb.connect()) {
            OutputStream out = slow.getOutputStream();
            out.write(ascii(PUT + "Content-Length: " + UP1.length() + "\r\n\r\n" + UP1.substring(0, 9)));
            assertThat(elb.call("GET", "/__erulb__/upstream").body()).isEqualTo("{}");

            out.write(ascii(UP1.substring(9)));

            assertThat(text(slow)).endsWith("{\"msg\":\"OK\"}");
        }
    }

    @Test
    void aClientThatWaitsIsToldToContinue() throws IOException {
        try (Socket client = elb.connect()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            client.getOutputStream()
                    .write(ascii(PUT + "Expect: 100-continue\r\nContent-Length: " + UP1.length() + "\r\n\r\n"));
            assertThat(in.readLine()).isEqualTo("HTTP/1.1 100 Continue");

            client.getOutputStream().write(ascii(UP1));

            assertThat(in.lines()).contains("HTTP/1.1 200 OK", "{\"msg\":\"OK\"}");
        }
    }

    @Test
    void aClientThatWaitsIsToldAtOnceThatItsBodyIsTooLarge() {
        String answer = elb.raw(PUT + "Expect: 100-continue\r\nContent-Length: 1001\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ").endsWith("{\"msg\":\"a body may have 1000 bytes\"}");
    }

    @Test
    void anAnnouncedBodyBeyondTheLimitIs413() {
        String answer = elb.raw(PUT + "Content-Length: 1001\r\n\r\n" + " ".repeat(1001));

        assertThat(answer).startsWith("HTTP/1.1 413 ").endsWith("{\"msg\":\"a body may have 1000 bytes\"}");
    }

    @Test
    void aChunkedBodyBeyondTheLimitIs413() {
        String chunk = "1f4\r\n" + " ".repeat(500) + "\r\n";

        String answer = elb.raw(PUT + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + chunk + "0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ").endsWith("{\"msg\":\"a body may have 1000 bytes\"}");
    }

    @Test
    void aBodyAtTheLimitIsTaken() {
        String body = UP1 + " ".repeat(1000 - UP1.length());

        assertThat(elb.callWith(body, "PUT", "/__erulb__/upstream").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aBodyThatIsCutAppliesNothing() throws IOException {
        try (Socket client = elb.connect()) {
            client.getOutputStream().write(ascii(PUT + "Transfer-Encoding: chunked\r\n\r\n19\r\n" + UP1 + "\r\n"));
            client.shutdownOutput();

            assertThat(text(client)).doesNotContain(" 200 ");
        }
        assertThat(hasUp1()).isFalse();
    }

    @Test
    void malformedUtf8IsRefused() {
        String answer = elb.raw(PUT + "Content-Length: 13\r\n\r\n{\"\u00ff\u00ff\u00ff\":{  }}\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("the body is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?x", "?To=store"})
    void aWriteWithAParameterItDoesNotKnowIsNotDone(String query) {
        String answer = elb.callWith(UP1, "PUT", "/__erulb__/upstream" + query).body();

        assertThat(answer).contains("is no parameter of this call, so nothing was done");
        assertThat(hasUp1()).isFalse();
    }

    @Test
    void aReadWithAParameterIsAnswered() {
        assertThat(elb.call("GET", "/__erulb__/upstream?_=123").body()).isEqualTo("{}");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}

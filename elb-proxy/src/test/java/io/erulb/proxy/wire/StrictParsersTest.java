package io.erulb.proxy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.proxy.wire.StrictResponseParser.Asked;
import io.erulb.proxy.wire.WireResponse.End;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judges are strict themselves. */
class StrictParsersTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n";
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static StrictRequestParser requests(String bytes) {
        return new StrictRequestParser(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static WireResponse answer(Asked asked, String bytes) throws IOException {
        byte[] all = bytes.getBytes(StandardCharsets.ISO_8859_1);
        return Objects.requireNonNull(new StrictResponseParser(new ByteArrayInputStream(all)).next(asked));
    }

    @Test
    void readsRequestsOneAfterTheOther() throws IOException {
        StrictRequestParser parser =
                requests(CHUNKED + "3;x=\"y\"\r\nabc\r\n0\r\nT: u\r\n\r\n" + GET + "X:\t y z \r\n\r\n");

        WireRequest first = Objects.requireNonNull(parser.next());
        WireRequest second = Objects.requireNonNull(parser.next());

        assertThat(first.body()).isEqualTo("abc");
        assertThat(first.trailers().first("t")).isEqualTo("u");
        assertThat(second).hasToString("GET / HTTP/1.1\nHost: a\nX: y z\n\n");
        assertThat(parser.next()).isNull();
    }

    @Test
    void tellsWhereAMessageEnds() throws IOException {
        String first = CHUNKED + "3\r\nabc\r\n0\r\n\r\n";
        StrictRequestParser parser = requests(first + GET + "\r\n");

        parser.next();

        assertThat(parser.position()).isEqualTo(first.length());
    }

    @Test
    void tellsHowFarAMalformedAnswerWent() {
        String text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n+5\r\n";
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        StrictResponseParser parser = new StrictResponseParser(new ByteArrayInputStream(bytes));

        assertThatThrownBy(() -> parser.next(Asked.PLAIN)).isInstanceOf(MalformedException.class);
        assertThat(Objects.requireNonNull(parser.begun()).body()).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
                "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
                "G@T / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                GET + "Host: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                GET + "X : y\r\n\r\n",
                GET + "X: y\r\n z\r\n\r\n",
                GET + "X: y\rz\r\n\r\n",
                GET + "X: y\0z\r\n\r\n",
                GET + "X\r\n\r\n",
                GET + "Content-Length: +1\r\n\r\na",
                GET + "Content-Length: 1, 1\r\n\r\na",
                GET + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na",
                GET + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                GET + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                CHUNKED + "g\r\n",
                CHUNKED + "1\na\r\n0\r\n\r\n",
                CHUNKED + "1 x\r\na\r\n0\r\n\r\n",
                CHUNKED + "1;\r\na\r\n0\r\n\r\n",
                CHUNKED + "1\r\nab\r\n0\r\n\r\n",
                CHUNKED + "0\r\nX : y\r\n\r\n"
            })
    void findsARequestMalformed(String bytes) {
        assertThatThrownBy(() -> requests(bytes).next()).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\n",
                GET + "Content-Length: 3\r\n\r\nab",
                CHUNKED + "3\r\nab",
                CHUNKED + "3\r\nabc\r\n",
                CHUNKED + "0\r\n"
            })
    void findsARequestCut(String bytes) {
        assertThatThrownBy(() -> requests(bytes).next()).isInstanceOf(CutException.class);
    }

    @Test
    void readsAnswersByWhatWasAsked() throws IOException {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n";
        String length = "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nab";

        assertThat(answer(Asked.PLAIN, chunked)).hasToString("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nab");
        assertThat(answer(Asked.PLAIN, length).body()).isEqualTo("ab");
        assertThat(answer(Asked.HEAD, length).end()).isEqualTo(End.NONE);
        assertThat(answer(Asked.PLAIN, "HTTP/1.1 200 OK\r\n\r\nab").end()).isEqualTo(End.CLOSE);
        assertThat(answer(Asked.PLAIN, length.substring(0, length.length() - 1)).complete())
                .isFalse();
        assertThat(answer(Asked.PLAIN, chunked.substring(0, chunked.length() - 2))
                        .complete())
                .isFalse();
        assertThatThrownBy(() -> answer(Asked.OLD, chunked)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> answer(Asked.OLD, "HTTP/1.1 100 Continue\r\n\r\n"))
                .isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/1.1 200 OK\n\r\n",
                "HTTP/1.1 200 OK\r\nX : y\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nab\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            })
    void findsAnAnswerMalformed(String bytes) {
        assertThatThrownBy(() -> answer(Asked.PLAIN, bytes)).isInstanceOf(MalformedException.class);
    }
}

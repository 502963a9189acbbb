package io.erulb.proxy.http1.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawClient;
import io.erulb.proxy.RawClient.RawAnswer;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.channels.StreamSinkChannel;

/** What goes to clients, whatever handlers do. */
@Timeout(60)
class ResponseTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.local\r\n\r\n";
    private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: a.local\r\n\r\n";
    private static final String OLD = "GET / HTTP/1.0\r\n\r\n";
    private static final String OLD_KEPT = "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n";
    private static final int BIG = 8 * 1024 * 1024;

    private Http1Fixture server;
    private RawClient client;

    private RawClient serve(HttpHandler handler) throws IOException {
        server = new Http1Fixture(handler);
        client = server.connect();
        return client;
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static void end(StreamSinkChannel out) throws IOException {
        out.shutdownWrites();
        assertThat(out.flush()).isTrue();
    }

    @Test
    void anAnswerOfKnownLengthKeepsTheConnection() throws IOException {
        serve(exchange -> exchange.getResponseSender().send("hello"));

        RawAnswer first = client.send(GET).read();
        RawAnswer second = client.send(GET).read();

        assertThat(first.head()).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(first.field("Content-Length")).isEqualTo("5");
        assertThat(first.field("Connection")).isNull();
        assertThat(first.fields("Date")).hasSize(1);
        assertThat(first.body()).isEqualTo("hello");
        assertThat(second.body()).isEqualTo("hello");
    }

    @Test
    void aHandlersOwnDateAndReasonAreKept() throws IOException {
        serve(exchange -> {
            exchange.setReasonPhrase("Fine\r\nX: y");
            exchange.getResponseHeaders().put(Headers.DATE, "yesterday");
        });

        RawAnswer answer = client.send(GET).read();

        assertThat(answer.head()).startsWith("HTTP/1.1 200 Fine  X: y\r\n");
        assertThat(answer.fields("Date")).containsExactly("yesterday");
        assertThat(answer.field("Content-Length")).isEqualTo("0");
    }

    @Test
    void anAnswerOfUnknownLengthGoesInChunks() throws IOException {
        serve(exchange -> {
            StreamSinkChannel out = exchange.getResponseChannel();
            out.write(text("ab"));
            out.write(new ByteBuffer[] {text("cd"), text("ef")});
            out.writeFinal(text("g"));
            end(out);
        });

        client.send(GET);

        assertThat(client.readHead()).contains("\r\nTransfer-Encoding: chunked\r\n");
        assertThat(client.readChunk()).isEqualTo("ab");
        assertThat(client.readChunk()).isEqualTo("cdef");
        assertThat(client.readChunk()).isEqualTo("g");
        assertThat(client.readChunk()).isEmpty();
        assertThat(client.send(HEAD).read(true).status()).isEqualTo(200);
    }

    @Test
    void aChunkedAnswerWithoutDataIsWhole() throws IOException {
        serve(exchange -> end(exchange.getResponseChannel()));

        RawAnswer answer = client.send(GET).read();

        assertThat(answer.complete()).isTrue();
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void flushingSendsTheHeadAheadOfData() throws IOException {
        CompletableFuture<HttpServerExchange> running = new CompletableFuture<>();
        serve(exchange -> {
            exchange.getResponseChannel().flush();
            exchange.dispatch(exchange.getIoThread(), () -> running.complete(exchange));
        });

        String head = client.send(GET).readHead();
        running.join().getIoThread().execute(() -> running.join().endExchange());

        assertThat(head).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(client.readChunk()).isEmpty();
    }

    @Test
    void trailersFollowTheLastChunk() throws IOException {
        serve(exchange -> {
            HeaderMap trailers = new HeaderMap().put(new HttpString("X-Sum"), "1");
            exchange.putAttachment(HttpAttachments.RESPONSE_TRAILERS, trailers);
            StreamSinkChannel out = exchange.getResponseChannel();
            out.writeFinal(text("abc"));
            end(out);
        });

        client.send(GET).readHead();

        assertThat(client.readText(23)).isEqualTo("3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n");
    }

    @Test
    void anOldClientGetsNoChunksButTheEndOfTheConnection() throws IOException {
        serve(exchange -> {
            exchange.getResponseHeaders().put(Headers.TRANSFER_ENCODING, "chunked");
            StreamSinkChannel out = exchange.getResponseChannel();
            out.write(text("ab"));
            out.writeFinal(text("c"));
            end(out);
        });

        RawAnswer answer = client.send(OLD_KEPT).read();

        assertThat(answer.field("Transfer-Encoding")).isNull();
        assertThat(answer.field("Connection")).isEqualTo("close");
        assertThat(answer.body()).isEqualTo("abc");
    }

    @Test
    void anOldClientsConnectionIsKeptWhenItAsks() throws IOException {
        serve(exchange -> exchange.getResponseSender().send("x"));

        RawAnswer kept = client.send(OLD_KEPT).read();
        RawAnswer last = client.send(OLD).read();

        assertThat(kept.field("Connection")).isEqualTo("keep-alive");
        assertThat(last.field("Connection")).isEqualTo("close");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "Close", "x, close"})
    void aConnectionIsClosedWhenTheClientAsks(String option) throws IOException {
        serve(exchange -> exchange.getResponseSender().send("x"));

        RawAnswer answer = client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: " + option + "\r\n\r\n")
                .read();

        assertThat(answer.field("Connection")).isEqualTo("close");
        assertThat(answer.body()).isEqualTo("x");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void aConnectionIsClosedWhenTheHandlerAsks() throws IOException {
        serve(exchange -> {
            exchange.getResponseHeaders().put(Headers.CONNECTION, "close");
            exchange.getResponseSender().send("x");
        });

        RawAnswer answer = client.send(GET).read();

        assertThat(answer.fields("Connection")).containsExactly("close");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void headHasTheLengthButNoBody() throws IOException {
        serve(exchange -> exchange.getResponseSender().send("hello"));

        RawAnswer first = client.send(HEAD).read(true);
        RawAnswer second = client.send(GET).read();

        assertThat(first.field("Content-Length")).isEqualTo("5");
        assertThat(second.body()).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void aStatusWithoutBodyHasNoneWhateverTheHandlerClaims(int status) throws IOException {
        serve(exchange -> {
            exchange.setStatusCode(status);
            exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, "5");
            exchange.getResponseHeaders().put(Headers.TRANSFER_ENCODING, "chunked");
            StreamSinkChannel out = exchange.getResponseChannel();
            out.write(text("hello"));
            end(out);
        });

        RawAnswer first = client.send(GET).read();
        RawAnswer second = client.send(GET).read();

        assertThat(first.field("Transfer-Encoding")).isNull();
        assertThat(first.field("Content-Length")).isNull();
        assertThat(second.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+5", "5, 5", "", "five", "99999999999999999999"})
    void aLengthThatIsNoneIsNotSent(String length) throws IOException {
        serve(exchange -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, length);
            StreamSinkChannel out = exchange.getResponseChannel();
            out.write(text("hello"));
            end(out);
        });

        RawAnswer answer = client.send(GET).read();

        assertThat(answer.field("Content-Length")).isNull();
        assertThat(answer.body()).isEqualTo("hello");
    }

    @Test
    void twoLengthsOrALengthAndChunksBecomeChunks() throws IOException {
        serve(exchange -> {
            HeaderMap fields = exchange.getResponseHeaders();
            fields.put(Headers.CONTENT_LENGTH, "4");
            if (exchange.getRequestURI().equals("/lengths")) {
                fields.add(Headers.CONTENT_LENGTH, "5");
            } else {
                fields.put(Headers.TRANSFER_ENCODING, "chunked");
            }
            StreamSinkChannel out = exchange.getResponseChannel();
            out.write(text("hello"));
            end(out);
        });

        RawAnswer lengths = client.get("a", "/lengths");
        RawAnswer both = client.get("a", "/both");

        assertThat(lengths.field("Content-Length")).isNull();
        assertThat(lengths.body()).isEqualTo("hello");
        assertThat(both.field("Content-Length")).isNull();
        assertThat(both.body()).isEqualTo("hello");
    }

    @Test
    void fieldsThatWouldSplitTheAnswerAreLeftOut() throws IOException {
        serve(exchange -> {
            HeaderMap fields = exchange.getResponseHeaders();
            fields.put(new HttpString("A"), "b\r\nEvil: 1");
            fields.put(new HttpString("B"), "b\nEvil: 1");
            fields.put(new HttpString("C"), "b\0");
            fields.put(new HttpString("D"), "b\u010dEvil: 1\u010a");
            fields.put(new HttpString("E F"), "x");
            fields.put(new HttpString("G"), "caf\u00e9");
            exchange.getResponseSender().send("x");
        });

        RawAnswer answer = client.send(GET).read();

        assertThat(answer.head()).doesNotContain("Evil", "\0", "E F", "\nA:", "\nB:", "\nC:", "\nD:");
        assertThat(answer.field("G")).isEqualTo("caf\u00e9");
    }

    @Test
    void anAnswerShorterThanItsLengthIsCutNotKept() throws IOException {
        serve(exchange -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, "10");
            StreamSinkChannel out = exchange.getResponseChannel();
            out.write(text("hello"));
            out.shutdownWrites();
        });

        RawAnswer answer = client.send(GET).read();

        assertThat(answer.complete()).isFalse();
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void anAnswerLongerThanItsLengthIsNotSentOn() throws IOException {
        serve(exchange -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, "3");
            StreamSinkChannel out = exchange.getResponseChannel();
            ByteBuffer data = text("hello");
            assertThat(out.write(data)).isEqualTo(3);
            assertThat(data.remaining()).isEqualTo(2);
            end(out);
        });

        RawAnswer first = client.send(GET).read();
        RawAnswer second = client.send(GET).read();

        assertThat(first.body()).isEqualTo("hel");
        assertThat(second.body()).isEqualTo("hel");
    }

    @Test
    void aHandlerThatFailsInTheMiddleLeavesNoCleanEnd() throws IOException {
        serve(exchange -> {
            exchange.getResponseChannel().write(text("hello"));
            throw new IllegalStateException("on purpose");
        });

        RawAnswer answer = client.send(GET).read();

        assertThat(answer.complete()).isFalse();
    }

    @Test
    void aHandlerThatFailsBeforeItsAnswerGives500() throws IOException {
        serve(exchange -> {
            throw new IllegalStateException("on purpose");
        });

        assertThat(client.send(GET).read().status()).isEqualTo(500);
        assertThat(client.send(GET).read().status()).isEqualTo(500);
    }

    @Test
    void anAnswerFromAnotherThreadIsTheSame() throws IOException {
        serve(exchange -> exchange.dispatch(() -> {
            exchange.startBlocking();
            try {
                exchange.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            exchange.endExchange();
        }));

        assertThat(client.send(GET).read().body()).isEqualTo("hello");
        assertThat(client.send(GET).read().body()).isEqualTo("hello");
        assertThat(client.send(GET + GET).read().body()).isEqualTo("hello");
        assertThat(client.read().body()).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBigAnswerWaitsForASlowReader(boolean fixed) throws IOException {
        byte[] data = random(BIG);
        serve(exchange -> {
            if (fixed) {
                exchange.setResponseContentLength(data.length);
            }
            ByteBuffer rest = ByteBuffer.wrap(data);
            StreamSinkChannel out = exchange.getResponseChannel();
            out.getWriteSetter().set(channel -> pump(exchange, channel, rest));
            pump(exchange, out, rest);
        });

        RawAnswer answer = client.send(GET).read();

        assertThat(answer.complete()).isTrue();
        assertThat(answer.bytes()).isEqualTo(data);
    }

    /** Writes pieces of odd sizes, so that chunks and socket buffers never end together. */
    private static void pump(HttpServerExchange exchange, StreamSinkChannel out, ByteBuffer rest) {
        try {
            while (rest.hasRemaining()) {
                ByteBuffer piece = rest.duplicate();
                piece.limit(Math.min(rest.limit(), rest.position() + 99_991));
                int n = out.write(piece);
                rest.position(rest.position() + n);
                if (n == 0) {
                    out.resumeWrites();
                    return;
                }
            }
            out.suspendWrites();
            exchange.endExchange();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GET, OLD})
    void aFileIsSentWithoutBeingRead(String request, @TempDir Path folder) throws IOException {
        byte[] data = random(100_000);
        Path path = Files.write(folder.resolve("data"), data);
        serve(exchange -> exchange.dispatch(() -> {
            exchange.startBlocking();
            try (FileChannel file = FileChannel.open(path)) {
                if (exchange.isHttp11()) {
                    exchange.setResponseContentLength(data.length);
                }
                StreamSinkChannel out = exchange.getResponseChannel();
                long sent = 0;
                while (sent < data.length) {
                    sent += out.transferFrom(file, sent, data.length - sent);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            exchange.endExchange();
        }));

        assertThat(client.send(request).read().bytes()).isEqualTo(data);
    }
}

package io.erulb.proxy.http1.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.RawClient;
import io.erulb.proxy.RawClient.RawAnswer;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.channels.StreamSourceChannel;

/** Bodies on their way to the handler, whole, cut, too large or unwanted. */
@Timeout(60)
class RequestBodyTest {
    private static final String POST = "POST / HTTP/1.1\r\nHost: a.local\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.local\r\n\r\n";
    private static final int BIG = 8 * 1024 * 1024;

    private final RecordingHandler recorder = new RecordingHandler();
    private Http1Fixture server;
    private RawClient client;

    private void serve(HttpHandler handler, Http1Limits limits) throws IOException {
        server = new Http1Fixture(handler, limits);
        client = server.connect();
    }

    private void serve(HttpHandler handler) throws IOException {
        serve(handler, Http1Limits.defaults());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(2).nextBytes(bytes);
        return bytes;
    }

    private static long sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }

    /** Reads a little, then pauses until the event loop has turned; answers with the checksum. */
    private static void slowSum(HttpServerExchange exchange) {
        StreamSourceChannel source = exchange.getRequestChannel();
        CRC32 sum = new CRC32();
        source.getReadSetter().set(channel -> {
            ByteBuffer buffer = ByteBuffer.allocate(50_000);
            try {
                int n = channel.read(buffer);
                if (n < 0) {
                    exchange.getResponseSender().send(Long.toString(sum.getValue()));
                    return;
                }
                sum.update(buffer.flip());
                channel.suspendReads();
                exchange.getIoThread().executeAfter(channel::resumeReads, 100, TimeUnit.MICROSECONDS);
            } catch (IOException e) {
                exchange.setStatusCode(400);
                exchange.endExchange();
            }
        });
        source.resumeReads();
    }

    @Test
    void aBigBodyWaitsForASlowHandler() throws IOException {
        serve(RequestBodyTest::slowSum);
        byte[] data = random(BIG);

        client.send(POST + "Content-Length: " + data.length + "\r\n\r\n").send(data);

        assertThat(client.read().body()).isEqualTo(Long.toString(sum(data)));
        assertThat(client.send(POST + "Content-Length: 0\r\n\r\n").read().body())
                .isEqualTo("0");
    }

    @Test
    void aBigBodyInChunksOfOddSizesComesOutWhole() throws IOException {
        serve(RequestBodyTest::slowSum);
        byte[] data = random(BIG);

        client.send(CHUNKED);
        int size = 1;
        for (int at = 0; at < data.length; at += size) {
            size = Math.min(data.length - at, size * 3 % 70_001 + 1);
            client.send(Integer.toHexString(size) + "\r\n")
                    .send(Arrays.copyOfRange(data, at, at + size))
                    .send("\r\n");
        }
        client.send("0\r\n\r\n");

        assertThat(client.read().body()).isEqualTo(Long.toString(sum(data)));
    }

    @Test
    void aBlockingHandlerReadsBodies() throws IOException {
        serve(exchange -> exchange.dispatch(() -> {
            exchange.startBlocking();
            try {
                byte[] body = exchange.getInputStream().readAllBytes();
                exchange.getResponseSender()
                        .send(body.length + " " + new String(body, 0, 3, StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }));

        client.send(POST + "Content-Length: 100000\r\n\r\nabc").send(new byte[99_997]);
        RawAnswer fixed = client.read();
        client.send(CHUNKED + "3\r\nab").send("c\r\n").send("0\r\n\r\n");
        RawAnswer chunked = client.read();

        assertThat(fixed.body()).isEqualTo("100000 abc");
        assertThat(chunked.body()).isEqualTo("3 abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10\r\n\r\nhello",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
                "Transfer-Encoding: chunked\r\n\r\n",
                "Content-Length: 1\r\n\r\n"
            })
    void aCutBodyIsNeverTakenForWhole(String cut) throws IOException {
        serve(recorder);

        client.send(POST + cut).halfClose();

        assertThat(client.read().status()).isEqualTo(400);
        assertThat(recorder.last().broken()).startsWith("the client ended in the middle of a");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedByItsLengthBeforeTheHandler() throws IOException {
        serve(recorder, Http1Limits.defaults().withBody(10));

        client.send(POST + "Content-Length: 11\r\n\r\nhello world");

        assertThat(client.read().status()).isEqualTo(413);
        assertThat(recorder.seen()).isEmpty();
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void aBodyInChunksThatIsTooLargeBreaksItsReader() throws IOException {
        serve(recorder, Http1Limits.defaults().withBody(10));

        RawAnswer good =
                client.send(CHUNKED + "5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n").read();
        RawAnswer bad =
                client.send(CHUNKED + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n").read();

        assertThat(good.body()).isEqualTo("10 bytes");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(recorder.last().broken()).isEqualTo("The request's body is larger than 10 bytes.");
    }

    @Test
    void aHandlersOwnLimitHoldsForItsRequest() throws IOException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        serve(exchange -> {
            exchange.setMaxEntitySize(3);
            try {
                exchange.getRequestChannel().read(ByteBuffer.allocate(10));
            } catch (IOException e) {
                thrown.set(e);
                throw e;
            }
        });

        RawAnswer answer = client.send(POST + "Content-Length: 5\r\n\r\nhello").read();

        assertThat(thrown.get()).isInstanceOf(RequestTooBigException.class);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void aSmallBodyNobodyReadsCostsNoConnection() throws IOException {
        serve(exchange -> exchange.getResponseSender().send(exchange.getRequestMethod() + " done"));

        RawAnswer whole = client.send(POST + "Content-Length: 5\r\n\r\nhello").read();
        client.send(POST + "Content-Length: 100\r\n\r\nhello");
        RawAnswer early = client.read();
        client.send("x".repeat(95)).send(CHUNKED + "5\r\n");
        RawAnswer chunked = client.read();
        client.send("hello\r\n0\r\n\r\n" + GET);

        assertThat(whole.body()).isEqualTo("POST done");
        assertThat(early.body()).isEqualTo("POST done");
        assertThat(chunked.body()).isEqualTo("POST done");
        assertThat(client.read().body()).isEqualTo("GET done");
    }

    @Test
    void aBrokenBodyNobodyReadsEndsTheConnection() throws IOException {
        serve(exchange -> exchange.getResponseSender().send("done"));

        client.send(CHUNKED + "5\r\nhello!\r\n0\r\n\r\n" + GET);

        assertThat(client.read().body()).isEqualTo("done");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void aBodyThatTurnsOutBrokenBehindTheAnswerEndsTheConnection() throws IOException {
        serve(exchange -> exchange.getResponseSender().send("done"));

        client.send(CHUNKED + "5\r\nhel");
        assertThat(client.read().field("Connection")).isNull();
        client.send("lo!\r\n" + GET);

        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void aLargeBodyNobodyReadsEndsTheConnectionButNotTheAnswer() throws IOException {
        serve(exchange -> exchange.getResponseSender().send("done"));

        client.send(POST + "Content-Length: 10000000\r\n\r\n").send(new byte[100_000]);
        RawAnswer answer = client.read();

        assertThat(answer.field("Connection")).isEqualTo("close");
        assertThat(answer.body()).isEqualTo("done");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void moreThanTheLingeringBoundIsNotReadBehindAnAnswer() throws IOException {
        serve(
                exchange -> exchange.getResponseSender().send("done"),
                Http1Limits.defaults().withLinger(new Http1Limits.Linger(1000, Duration.ofSeconds(60))));

        client.send(CHUNKED + "5\r\nhello\r\n");
        assertThat(client.read().body()).isEqualTo("done");
        client.send("2000\r\n" + "x".repeat(2000));

        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void anAnswerBeforeTheBodysEndArrivesWhileTheBodyIsSent() throws IOException {
        CompletableFuture<HttpServerExchange> running = new CompletableFuture<>();
        serve(exchange -> {
            exchange.getRequestChannel().resumeReads();
            exchange.setPersistent(false);
            exchange.getResponseSender().send("early", new Done(running));
        });

        client.send(CHUNKED + "5\r\nhello\r\n");
        String head = client.readHead();

        assertThat(head).startsWith("HTTP/1.1 200 OK\r\n");
        HttpServerExchange exchange = running.join();
        exchange.getIoThread().execute(exchange::endExchange);
        assertThat(client.readChunk()).isEqualTo("early");
        assertThat(client.readChunk()).isEmpty();
        assertThat(client.isClosedByServer()).isTrue();
    }

    private record Done(CompletableFuture<HttpServerExchange> running) implements IoCallback {
        @Override
        public void onComplete(HttpServerExchange exchange, Sender sender) {
            running.complete(exchange);
        }

        @Override
        public void onException(HttpServerExchange exchange, Sender sender, IOException exception) {
            running.completeExceptionally(exception);
        }
    }
}

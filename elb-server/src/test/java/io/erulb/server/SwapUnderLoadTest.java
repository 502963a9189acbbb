package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Configuration that changes many times a second while clients are at work. */
class SwapUnderLoadTest {
    private static final Duration LENGTH = Duration.ofSeconds(10);
    private static final int SWAPS_A_SECOND = 20;
    private static final int CLIENTS = 4;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Undertow> backends = new ArrayList<>();
    private final AtomicInteger versionInForce = new AtomicInteger();
    private final AtomicLong answered = new AtomicLong();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private ElbServer server;
    private String first;
    private String second;

    @BeforeEach
    void start() throws Exception {
        server = ElbServer.start(ServerConfig.of(Map.of("STORE", "memory", "LISTEN", "127.0.0.1:0")));
        first = backend("first");
        second = backend("second");
    }

    @AfterEach
    void stop() {
        server.close();
        backends.forEach(Undertow::stop);
    }

    @Test
    void swapsLoseNoRequestMisrouteNoneAndCloseNoWebSocket() throws Exception {
        put("upstream", "{\"up1\":{\"" + first + "\":\"\"},\"up2\":{\"" + second + "\":\"\"}}");
        putRules(1);
        BlockingQueue<String> echoes = new ArrayBlockingQueue<>(10);
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(url("/ws").replace("http:", "ws:")), new Echoes(echoes))
                .get(10, TimeUnit.SECONDS);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 2);
        long end = System.nanoTime() + LENGTH.toNanos();

        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            boolean post = i % 2 == 1;
            work.add(threads.submit(() -> requestUntil(end, post)));
        }
        work.add(threads.submit(() -> swapUpstreamsUntil(end)));
        work.add(threads.submit(() -> swapDomainsUntil(end)));
        for (Future<?> part : work) {
            part.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertThat(wrong).isEmpty();
        assertThat(answered.get()).isGreaterThan(1000);
        assertThat(versionInForce.get()).isGreaterThan((int) LENGTH.toSeconds() * SWAPS_A_SECOND * 8 / 10);
        socket.sendText("still here", true).get(10, TimeUnit.SECONDS);
        assertThat(echoes.poll(10, TimeUnit.SECONDS)).isEqualTo("still here");
        socket.abort();
    }

    private @Nullable Void requestUntil(long end, boolean post) throws Exception {
        while (System.nanoTime() < end) {
            int least = versionInForce.get();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url("/who")));
            HttpResponse<String> answer = http.send(
                    post ? request.POST(BodyPublishers.ofString("body")).build() : request.build(),
                    BodyHandlers.ofString());
            check(answer, least);
            answered.incrementAndGet();
        }
        return null;
    }

    /** Even versions go to the second backend or, through a swap of the upstream, to the first as well. */
    private void check(HttpResponse<String> answer, int least) {
        String[] seen = answer.body().split(" ", -1);
        if (answer.statusCode() != 200 || seen.length != 2) {
            wrong.add("status " + answer.statusCode() + ": " + answer.body());
            return;
        }
        int version = Integer.parseInt(seen[1]);
        if (version < least) {
            wrong.add("version " + version + " after " + least + " was in force");
        }
        if (version % 2 == 1 && !seen[0].equals("first")) {
            wrong.add("version " + version + " belongs to the first backend, not to " + seen[0]);
        }
    }

    private @Nullable Void swapUpstreamsUntil(long end) throws Exception {
        List<String> sets = List.of(
                "{\"up2\":{\"" + second + "\":\"\"}}",
                "{\"up2\":{\"" + first + "\":\"weight=3\",\"" + second + "\":\"\"}}",
                "{\"up2\":{\"" + first + "\":\"\"}}");
        for (int i = 0; System.nanoTime() < end; i++) {
            long next = System.nanoTime() + 1_000_000_000L / SWAPS_A_SECOND;
            put("upstream", sets.get(i % sets.size()));
            parkUntil(next);
        }
        return null;
    }

    private @Nullable Void swapDomainsUntil(long end) throws Exception {
        for (int version = 2; System.nanoTime() < end; version++) {
            long next = System.nanoTime() + 1_000_000_000L / SWAPS_A_SECOND;
            putRules(version);
            parkUntil(next);
        }
        return null;
    }

    private static void parkUntil(long time) {
        while (System.nanoTime() < time) {
            LockSupport.parkNanos(time - System.nanoTime());
        }
    }

    private void putRules(int version) throws Exception {
        put("domain", """
                {"127.0.0.1": {"init": "r", "rules": {"r": {"type": "backend",
                  "args": {"servername": "%s", "X-Version": "%d"}}}}}""".formatted(version % 2 == 1 ? "up1" : "up2", version));
        versionInForce.set(version);
    }

    private void put(String resource, String body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(url("/__erulb__/" + resource)))
                        .PUT(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (!answer.body().equals("{\"msg\":\"OK\"}")) {
            wrong.add("PUT " + resource + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.address().getPort() + path;
    }

    /** Answers with its name and the version of the rules that sent the request; echoes WebSocket messages. */
    private String backend(String name) {
        Undertow backend = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setHandler(Handlers.path()
                        .addExactPath("/ws", Handlers.websocket((exchange, channel) -> echo(channel)))
                        .addPrefixPath("/", exchange -> {
                            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
                            exchange.getResponseSender()
                                    .send(name + " "
                                            + exchange.getRequestHeaders().getFirst(new HttpString("X-Version")));
                        }))
                .build();
        backend.start();
        backends.add(backend);
        InetSocketAddress address =
                (InetSocketAddress) backend.getListenerInfo().get(0).getAddress();
        return "127.0.0.1:" + address.getPort();
    }

    private static void echo(WebSocketChannel channel) {
        channel.getReceiveSetter().set(new AbstractReceiveListener() {
            @Override
            protected void onFullTextMessage(WebSocketChannel from, BufferedTextMessage message) {
                WebSockets.sendText(message.getData(), from, null);
            }
        });
        channel.resumeReceives();
    }

    /** Keeps what comes back. */
    private record Echoes(Queue<String> received) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            received.add(data.toString());
            socket.request(1);
            return null;
        }
    }
}

package io.erulb.server.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.util.HttpString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits of a request for its line to be written. */
@Timeout(60)
class EntryTest {
    private final BlockingQueue<Entry> entries = new ArrayBlockingQueue<>(1);

    private Entry of(String query, String value) throws Exception {
        Undertow server = Undertow.builder()
                .addHttpListener(
                        0,
                        "127.0.0.1",
                        exchange -> entries.add(new Entry(
                                exchange,
                                InetAddress.getLoopbackAddress(),
                                List.of(new HttpString("X-Any")),
                                entry -> {})))
                .build();
        server.start();
        try {
            int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/?" + query))
                    .headers("X-Any", value, "X-Any", value)
                    .build();
            HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
            return entries.take();
        } finally {
            server.stop();
        }
    }

    @Test
    void isNoLongerThanWhatIsWrittenAndTellsThatThereWasMore() throws Exception {
        Entry entry = of("q".repeat(30_000), "v".repeat(3_000));

        assertThat(List.of(entry.target, String.valueOf(entry.headers[0])))
                .allSatisfy(text -> assertThat(text).hasSize(Escapes.LONGEST + 1));
    }

    @Test
    void isWholeOtherwise() throws Exception {
        Entry entry = of("q", "v");

        assertThat(List.of(entry.target, String.valueOf(entry.headers[0]))).containsExactly("/?q", "v, v");
    }
}

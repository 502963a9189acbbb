package io.erulb.admin.compat;

import static io.erulb.admin.testing.Requests.toUpstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.ElbAdmin;
import io.erulb.proxy.ElbProxy;
import io.erulb.routing.ConfigSource;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingOptions;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was put is in force at once, in all threads: the API before the proxy itself, on one port. */
final class InForceCompatTest {
    private final LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());
    private final ElbProxy proxy = ElbProxy.builder(routing).build();
    private final Undertow a =
            started(Undertow.builder(), exchange -> exchange.getResponseSender().send("a"));
    private final Undertow b =
            started(Undertow.builder(), exchange -> exchange.getResponseSender().send("b"));
    private final Undertow elb = started(
            ElbProxy.configure(Undertow.builder().setIoThreads(4)),
            ElbAdmin.builder(routing, ConfigSource.none()).build().guard(proxy));

    private final HttpClient client = HttpClient.newHttpClient();

    private static Undertow started(Undertow.Builder builder, HttpHandler handler) {
        Undertow undertow =
                builder.addHttpListener(0, "127.0.0.1").setHandler(handler).build();
        undertow.start();
        return undertow;
    }

    @AfterEach
    void stop() {
        elb.stop();
        a.stop();
        b.stop();
        proxy.close();
        routing.close();
    }

    @Test
    void theNextRequestOnEachConnectionGoesByWhatWasPut() throws IOException, InterruptedException {
        put("domain", "{\"127.0.0.1\":" + toUpstream("up1") + "}");
        for (int round = 0; round < 20; round++) {
            Undertow now = round % 2 == 0 ? a : b;
            put("upstream", "{\"up1\":{\"127.0.0.1:" + port(now) + "\":\"\"}}");

            assertThat(IntStream.range(0, 8).parallel().mapToObj(i -> get("/__erulb__/x/y")))
                    .containsOnly(round % 2 == 0 ? "a" : "b");
        }
    }

    private void put(String resource, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri("/__erulb__/" + resource))
                .PUT(BodyPublishers.ofString(body))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("{\"msg\":\"OK\"}");
    }

    private String get(String path) {
        return client.sendAsync(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                .join()
                .body();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port(elb) + path);
    }

    private static int port(Undertow undertow) {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }
}

package io.erulb.examples.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EmbedProxyTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Undertow first = backend("first");
    private final Undertow second = backend("second");

    @BeforeEach
    void start() {
        first.start();
        second.start();
    }

    @AfterEach
    void stop() {
        first.stop();
        second.stop();
    }

    @Test
    void answersItselfOrForwards() throws Exception {
        try (EmbedProxy proxy = new EmbedProxy(0, address(first))) {

            assertThat(get(proxy, "/hello")).isEqualTo("hello from the embedder\n");
            assertThat(get(proxy, "/a%20b?c=d")).isEqualTo("first /a%20b");
        }
    }

    @Test
    void forwardsToOtherServersFromTheNextRequestOn() throws Exception {
        try (EmbedProxy proxy = new EmbedProxy(0, address(first))) {

            proxy.forwardTo(address(second));

            assertThat(get(proxy, "/")).isEqualTo("second /");
        }
    }

    private String get(EmbedProxy proxy, String target) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + proxy.address().getPort() + target);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static Undertow backend(String name) {
        return Undertow.builder()
                .addHttpListener(
                        0,
                        "127.0.0.1",
                        exchange -> exchange.getResponseSender().send(name + " " + exchange.getRequestURI()))
                .build();
    }

    private static String address(Undertow backend) {
        InetSocketAddress address =
                (InetSocketAddress) backend.getListenerInfo().get(0).getAddress();
        return "127.0.0.1:" + address.getPort();
    }
}

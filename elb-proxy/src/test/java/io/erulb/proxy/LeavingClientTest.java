package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of a request once its client has gone. */
class LeavingClientTest {
    private ProxyFixture proxy;

    @BeforeEach
    void start() {
        proxy = ProxyFixture.start(builder -> builder.timeouts(ProxyFixture.SHORT));
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    /** Fills the queue of a listener that accepts nobody, so that the next connection hangs. */
    static List<Socket> fill(ServerSocket listener) throws IOException {
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(listener.getLocalSocketAddress(), 200);
            } catch (IOException full) {
                return waiting;
            }
        }
        return waiting;
    }

    @Test
    void noOtherServerHearsOfARequestWhoseClientLeftWhileItsConnectionWasMade() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RawServer other = RawServer.named("other")) {
            List<Socket> waiting = fill(full);
            Map<String, String> servers = new LinkedHashMap<>();
            servers.put("127.0.0.1:" + full.getLocalPort(), "");
            servers.put(other.address(), "backup");
            proxy.route("t.local", servers);
            RawClient client = proxy.client().send("GET / HTTP/1.1\r\nHost: t.local\r\n\r\n");
            awaitActive(1);

            client.reset();
            awaitActive(0);
            // Outlives the connection's timeout: its own attempt hangs as long as ours.
            assertThat(proxy.get("t.local", "/").body()).isEqualTo("other");

            assertThat(other.requests()).hasSize(1);
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private void awaitActive(long requests) {
        while (proxy.proxy().active() != requests) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aRequestWhoseClientLeftCounts() throws Exception {
        try (RawServer server =
                RawServer.start((request, exchange) -> exchange.in().read())) {
            RawClient client = proxy.route("t.local", server).client().send("GET / HTTP/1.1\r\nHost: t.local\r\n\r\n");
            server.awaitRequest();

            client.reset();
            awaitActive(0);

            assertThat(proxy.completed())
                    .extracting(ProxyFixture.Completed::status)
                    .containsExactly(499);
        }
    }
}

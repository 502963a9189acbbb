package io.erulb.server;

import io.erulb.routing.RoutingChange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server in this process that answers /here by itself, and takes the rest to one backend, whose part a test plays. */
final class OneBackendScene implements AutoCloseable {
    private static final String RULES = """
            {"init": "p", "rules": {
              "p": {"type": "path", "args": {"pattern": "/here", "succ": "h", "fail": "b"}},
              "h": {"type": "respond", "args": {"status": 200, "body": "here"}},
              "b": {"type": "backend", "args": {"servername": "up"}}}}""";

    private final ServerSocket backend;
    private @Nullable ElbServer server;

    /** Nothing runs before {@link #start}. */
    OneBackendScene() throws IOException {
        backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** Starts the server with these settings too, and connects to it. */
    Wire start(String settings) throws Exception {
        ElbServer started = ElbServer.start(ServerConfig.of(
                Settings.parse("STORE=memory LISTEN=127.0.0.1:0 DRAIN_TIMEOUT=0 IO_THREADS=1 " + settings)));
        server = started;
        started.routing()
                .apply(RoutingChange.builder()
                        .putUpstream("up", Map.of(backendAddress(), ""))
                        .putDomain("127.0.0.1", RULES)
                        .build());
        return connect();
    }

    /** Another connection to the server. */
    Wire connect() throws IOException {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return Wire.to("127.0.0.1", server.address().getPort());
    }

    String backendAddress() {
        return "127.0.0.1:" + backend.getLocalPort();
    }

    /** The next connection to the backend. */
    Wire accept() throws IOException {
        return new Wire(backend.accept());
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
        backend.close();
    }
}

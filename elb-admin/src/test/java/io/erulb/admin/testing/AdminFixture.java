package io.erulb.admin.testing;

import io.erulb.admin.ElbAdmin;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.LiveTraffic;
import io.erulb.routing.Resolved;
import io.erulb.routing.RoutingOptions;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The API before a handler that answers {@code next} and the request's target, on a loopback port; a second port takes
 * the PROXY protocol, so that a test may claim any peer address; a third has the API alone.
 */
public final class AdminFixture implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final LiveRouting routing =
            LiveRouting.create(RoutingOptions.defaults().withResolver(AdminFixture::resolve, Duration.ofHours(1)));
    private final FakeSource source = new FakeSource(routing);
    private final LiveTraffic traffic = LiveTraffic.of(routing);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Undertow undertow;

    private AdminFixture(BiFunction<ElbAdmin.Builder, LiveTraffic, ElbAdmin.Builder> settings) {
        ElbAdmin.Builder builder = ElbAdmin.builder(routing, source).fleet(source);
        ElbAdmin admin = settings.apply(builder, traffic).build();
        HttpHandler guarded =
                admin.guard(exchange -> exchange.getResponseSender().send("next " + exchange.getRequestURI()));
        undertow = Undertow.builder()
                .setIoThreads(2)
                .setWorkerThreads(4)
                .addListener(listener(guarded))
                .addListener(listener(guarded).setUseProxyProtocol(true))
                .addListener(listener(admin.standalone()))
                .build();
        undertow.start();
    }

    private static Undertow.ListenerBuilder listener(HttpHandler handler) {
        return new Undertow.ListenerBuilder()
                .setType(Undertow.ListenerType.HTTP)
                .setHost("127.0.0.1")
                .setPort(0)
                .setRootHandler(handler);
    }

    /** Resolves {@code two.test} to two addresses, {@code six.test} to one of IPv6, and nothing else. */
    private static Resolved resolve(String host) throws UnknownHostException {
        return Resolved.of(
                switch (host) {
                    case "two.test" -> List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("192.0.2.2"));
                    case "six.test" -> List.of(InetAddress.getByName("2001:db8::1"));
                    default -> throw new UnknownHostException(host);
                });
    }

    /** The API without a token. */
    public static AdminFixture start() {
        return start(builder -> builder);
    }

    /** The API with these settings. */
    public static AdminFixture start(UnaryOperator<ElbAdmin.Builder> settings) {
        return new AdminFixture((builder, traffic) -> settings.apply(builder));
    }

    /** The API without a token, which knows what the rules' edges have counted. */
    public static AdminFixture counting() {
        return new AdminFixture(ElbAdmin.Builder::traffic);
    }

    /** What the API reads and changes. */
    public LiveRouting routing() {
        return routing;
    }

    /** Where the API dumps to. */
    public FakeSource source() {
        return source;
    }

    /** Calls without a body. */
    public HttpResponse<String> call(String method, String path, String... headers) {
        return send(request(path, headers).method(method, BodyPublishers.noBody()));
    }

    /** Calls with a body. */
    public HttpResponse<String> callWith(String body, String method, String path, String... headers) {
        return send(request(path, headers).method(method, BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(0) + path))
                .timeout(Duration.ofMillis(TIMEOUT_MILLIS));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes as they are and reads to the connection's end; the request should ask to close it. */
    public String raw(String request) {
        return exchange(port(0), request);
    }

    /** The same on the port that has the API alone. */
    public String rawStandalone(String request) {
        return exchange(port(2), request);
    }

    /** The same from a peer of the given IPv4 address. */
    public String rawFrom(String peer, String request) {
        return exchange(port(1), "PROXY TCP4 " + peer + " 127.0.0.1 4321 80\r\n" + request);
    }

    /** A connection to the data port, for what takes more than one step. */
    public Socket connect() throws IOException {
        return connect(port(0));
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static String exchange(int port, String request) {
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int port(int listener) {
        return ((InetSocketAddress) undertow.getListenerInfo().get(listener).getAddress()).getPort();
    }

    @Override
    public void close() {
        undertow.stop();
        traffic.close();
        routing.close();
    }
}

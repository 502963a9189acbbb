package io.erulb.proxy;

import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingOptions;
import io.erulb.rules.FilterTypes;
import io.erulb.upstream.Peer;
import io.erulb.upstream.UpstreamOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A proxy on a free port, with routing that tests change as they like. */
public final class ProxyFixture implements AutoCloseable {
    /** Short enough for tests, long enough for a busy machine. */
    public static final ProxyTimeouts SHORT = new ProxyTimeouts(
            Duration.ofMillis(500),
            Duration.ofMillis(700),
            Duration.ofMillis(700),
            Duration.ofMillis(700),
            Duration.ofSeconds(60));

    /** The same for clients. */
    public static final ClientTimeouts SHORT_FOR_CLIENTS =
            new ClientTimeouts(Duration.ofMillis(700), Duration.ofMillis(700));

    private final LiveRouting routing;
    private final List<Completed> completed = new CopyOnWriteArrayList<>();
    private final ElbProxy proxy;
    private final Front front;

    /** What the traffic listener was told. */
    public record Completed(String domain, int status, long nanos) {}

    private ProxyFixture(RoutingOptions options, Front.Kind kind, Consumer<ElbProxyBuilder> settings) {
        routing = LiveRouting.create(options);
        ElbProxyBuilder builder = ElbProxy.builder(routing)
                .passHeadsOn(kind == Front.Kind.OUR_LISTENER)
                .listener((domain, status, nanos) -> completed.add(new Completed(domain, status, nanos)));
        settings.accept(builder);
        proxy = builder.build();
        front = kind.open(proxy);
    }

    /** A proxy with default settings. */
    public static ProxyFixture start() {
        return start(builder -> {});
    }

    /** A proxy with some settings changed. */
    public static ProxyFixture start(Consumer<ElbProxyBuilder> settings) {
        return start(Front.Kind.OUR_LISTENER, settings);
    }

    /** A proxy behind a listener of a kind. */
    public static ProxyFixture start(Front.Kind kind, Consumer<ElbProxyBuilder> settings) {
        return new ProxyFixture(RoutingOptions.defaults(), kind, settings);
    }

    /** A proxy behind a listener of a kind, whose rules have other types. */
    public static ProxyFixture start(Front.Kind kind, FilterTypes filters, Consumer<ElbProxyBuilder> settings) {
        return new ProxyFixture(RoutingOptions.defaults().withFilters(filters), kind, settings);
    }

    /** A proxy whose upstreams go by other options. */
    public static ProxyFixture start(UpstreamOptions upstreams, Consumer<ElbProxyBuilder> settings) {
        return new ProxyFixture(RoutingOptions.defaults().withUpstreams(upstreams), Front.Kind.OUR_LISTENER, settings);
    }

    /** Routes a domain as a whole to an upstream of these servers. */
    public ProxyFixture route(String domain, RawServer... servers) {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (RawServer server : servers) {
            addresses.put(server.address(), "");
        }
        return route(domain, addresses);
    }

    /** Routes a domain as a whole to an upstream of these addresses with parameters. */
    public ProxyFixture route(String domain, Map<String, String> servers) {
        routing.apply(RoutingChange.builder()
                .putUpstream("up-" + domain, servers)
                .putDomain(domain, backend("up-" + domain))
                .build());
        return this;
    }

    /** Puts a rule document. */
    public ProxyFixture rules(String domain, String json) {
        routing.apply(RoutingChange.builder().putDomain(domain, json).build());
        return this;
    }

    /** A document of one backend rule. */
    public static String backend(String upstream) {
        return "{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"backend\",\"args\":{\"servername\":\"" + upstream
                + "\"}}}}";
    }

    /** The routing behind it. */
    public LiveRouting routing() {
        return routing;
    }

    /** The only server of a domain's upstream, or the first. */
    public Peer peer(String domain) {
        return routing.current().upstreams().get("up-" + domain).live().peers().get(0);
    }

    /** The proxy itself. */
    public ElbProxy proxy() {
        return proxy;
    }

    /** What the traffic listener was told so far. */
    public List<Completed> completed() {
        return completed;
    }

    /** The port it listens on. */
    public int port() {
        return front.port();
    }

    /** A client of it. */
    public RawClient client() throws IOException {
        return new RawClient(port());
    }

    /** One GET over a connection of its own. */
    public RawClient.RawAnswer get(String host, String path) throws IOException {
        try (RawClient client = client()) {
            return client.get(host, path);
        }
    }

    @Override
    public void close() {
        front.close();
        proxy.close();
        routing.close();
    }
}

package io.erulb.proxy;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.MetricRegistry;
import io.erulb.routing.LiveRouting;
import io.erulb.rules.spi.IpRange;
import io.undertow.server.HttpServerExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Settings of an {@link ElbProxy}, each with a default. Not safe for use by many threads. */
public final class ElbProxyBuilder {
    private static final System.Logger LOG = System.getLogger("io.erulb.proxy");
    private static final long DEFAULT_MAX_BODY = 50L * 1024 * 1024;
    private static final int DEFAULT_TRIES = 3;
    private static final int DEFAULT_MAX_IDLE = 256;

    final LiveRouting routing;
    ProxyTimeouts timeouts = ProxyTimeouts.defaults();
    ClientTimeouts clientTimeouts = ClientTimeouts.defaults();
    long maxBody = DEFAULT_MAX_BODY;
    int tries = DEFAULT_TRIES;
    int maxIdleConnections = DEFAULT_MAX_IDLE;
    Upgrades upgrades = Upgrades.defaults();
    boolean passHeadsOn;
    List<IpRange> trustedProxies = List.of();
    Predicate<HttpServerExchange> mayExplain = exchange -> false;
    private MetricRegistry metrics = new MetricRegistry();
    private final List<RequestObserver> observers = new ArrayList<>();
    private boolean countEdges;
    private TrafficListener listener = TrafficListener.NONE;

    ElbProxyBuilder(LiveRouting routing) {
        this.routing = routing;
    }

    /** The registry that figures per domain go to; by default one of the proxy's own. */
    public ElbProxyBuilder metrics(MetricRegistry registry) {
        this.metrics = registry;
        return this;
    }

    /** Who is told of each request; by default nobody. */
    public ElbProxyBuilder listener(TrafficListener trafficListener) {
        this.listener = trafficListener;
        return this;
    }

    /** One more that sees each request; by default there is none. */
    public ElbProxyBuilder observer(RequestObserver observer) {
        observers.add(requireNonNull(observer, "observer"));
        return this;
    }

    /**
     * Who is told by fields of the answer which way a request took that has {@code ELB-Explain: 1}; by default nobody. It
     * is asked on I/O threads for such requests alone, before rules see them. Neither that field nor {@code ELB-Token}, in
     * which a secret may be sent for it, ever goes on to rules, observers or a server.
     */
    public ElbProxyBuilder explainTo(Predicate<HttpServerExchange> whom) {
        this.mayExplain = requireNonNull(whom, "whom");
        return this;
    }

    /**
     * Whether requests are counted at each edge of the rules that they come by, for {@link
     * io.erulb.rules.RuleGraph#traffic}; by default they are not, which costs nothing.
     */
    public ElbProxyBuilder countEdges(boolean on) {
        this.countEdges = on;
        return this;
    }

    /** How long to wait for servers; by default {@link ProxyTimeouts#defaults()}. */
    public ElbProxyBuilder timeouts(ProxyTimeouts proxyTimeouts) {
        this.timeouts = proxyTimeouts;
        return this;
    }

    /** How long to wait for clients while a request runs; by default {@link ClientTimeouts#defaults()}. */
    public ElbProxyBuilder clientTimeouts(ClientTimeouts timeouts) {
        this.clientTimeouts = timeouts;
        return this;
    }

    /** The most bytes a request's body may have, beyond which it is answered 413; by default 50 MiB. */
    public ElbProxyBuilder maxBody(long bytes) {
        this.maxBody = positive("maxBody", bytes);
        return this;
    }

    /** How many servers a request is sent to at most; by default 3. */
    public ElbProxyBuilder tries(int most) {
        this.tries = (int) positive("tries", most);
        return this;
    }

    /** How many unused connections are kept per server and I/O thread; by default 256. */
    public ElbProxyBuilder maxIdleConnections(int most) {
        this.maxIdleConnections = (int) positive("maxIdleConnections", most);
        return this;
    }

    /** The protocols that a client may switch to by Upgrade; by default {@code websocket}. */
    public ElbProxyBuilder upgrades(Upgrades protocols) {
        this.upgrades = protocols;
        return this;
    }

    /**
     * Whether fields of servers' answers go to clients without becoming part of the exchange, where the connection can do
     * that ({@link io.erulb.proxy.http1.server.Http1Connection#passOn}). That is cheaper, but handlers around the proxy do
     * not see those fields, and must not wrap its answers. By default the exchange has them.
     */
    public ElbProxyBuilder passHeadsOn(boolean on) {
        this.passHeadsOn = on;
        return this;
    }

    /**
     * Who is believed about where a request came from: from these peers X-Forwarded-Proto, X-Forwarded-Host and Forwarded
     * pass, and the client is the rightmost address of X-Forwarded-For that is not one of theirs. By default nobody.
     */
    public ElbProxyBuilder trustedProxies(List<IpRange> proxies) {
        this.trustedProxies = List.copyOf(proxies);
        return this;
    }

    /** The proxy. */
    public ElbProxy build() {
        return new ElbProxy(this);
    }

    List<RequestObserver> observers() {
        List<RequestObserver> all = new ArrayList<>(observers);
        if (countEdges) {
            all.add(new EdgeCounting());
        }
        return all;
    }

    TrafficListener listener() {
        DomainFigures figures =
                new DomainFigures(metrics, domain -> routing.current().domains().containsKey(domain));
        routing.onPublish(change -> {
            if (change.removesDomain()) {
                figures.retain(routing.current().domains().keySet());
            }
        });
        TrafficListener other = listener;
        return (domain, status, nanos) -> {
            figures.completed(domain, status, nanos);
            try {
                other.completed(domain, status, nanos);
            } catch (RuntimeException e) {
                // Its fault must not cost the request its answer.
                LOG.log(System.Logger.Level.ERROR, "a listener of traffic failed", e);
            }
        };
    }

    private static long positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
        }
        return value;
    }
}

package io.erulb.server;

import com.codahale.metrics.MetricRegistry;
import io.erulb.admin.ElbAdmin;
import io.erulb.proxy.ElbProxy;
import io.erulb.proxy.ElbProxyBuilder;
import io.erulb.proxy.TrafficListener;
import io.erulb.proxy.TrafficRecorder;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.LiveTraffic;
import io.erulb.routing.RecentTraffic;
import io.erulb.routing.RoutingOptions;
import io.erulb.server.accesslog.AccessLog;
import io.erulb.server.dns.DnsResolver;
import io.erulb.store.ChangeHistory;
import io.erulb.store.ConfigCopy;
import io.erulb.store.ConfigStore;
import io.erulb.upstream.UpstreamOptions;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A running server: a store, live routing, the proxy and the admin API, wired as settings say. Safe for use by many
 * threads.
 *
 * <pre>{@code
 * try (ElbServer server = ElbServer.start(ServerConfig.of(Map.of("STORE", "memory", "LISTEN", "127.0.0.1:0")))) {
 *     server.routing().apply(RoutingChange.builder().putDomain("t.local", rules).build());
 *     ...
 * }
 * }</pre>
 */
public final class ElbServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ElbServer.class.getName());
    private static final long DRAIN_STEP_MILLIS = 10;

    /** How many changes the history keeps. */
    static final int KEPT_CHANGES = 1000;

    /** How long the store may take to answer where there is a copy to start from. */
    private static final Duration BEFORE_COPY = Duration.ofSeconds(1);

    private final ServerConfig config;
    private final CloseStack opened;
    private final LiveRouting routing;
    private final @Nullable AccessLog accessLog;
    private final ConfigSync sync;
    private final ChangeLog log;
    private final StoreFleet fleet;
    private final Listeners listeners;
    private final ElbProxy proxy;
    private final ElbAdmin admin;
    private boolean closed;

    private ElbServer(ServerConfig config, CloseStack opened) throws IOException {
        this.config = config;
        this.opened = opened;
        // Closed last, when the last request is over.
        accessLog = config.accessLog() == null ? null : opened.add(AccessLog.open(config.accessLog()));
        MetricRegistry metrics = new MetricRegistry();
        TrafficListener traffic = statsd(metrics);
        routing = opened.add(LiveRouting.create(options(config)));
        routing.onPublish(new ProblemLog(routing));
        if (config.stickySecret() == null) {
            routing.onPublish(new StickyWarning());
        }
        ConfigStore store = opened.add(config.store().open(config.name()));
        ChangeHistory history = new ChangeHistory(store, KEPT_CHANGES, Clock.systemUTC());
        log = opened.add(new ChangeLog(history));
        fleet = opened.add(new StoreFleet(store.annex("fleet")));
        sync = follow(store);
        sync.onWatched(opened.add(new WatchLog(history, fleet)));
        // The first configuration is on its way while the rest is made.
        listeners = opened.add(Listeners.create(
                config.proxy().ioThreads(), config.proxy().clients().limits()));
        TrafficRecorder recorder = config.recording() == null ? null : TrafficRecorder.of(routing, config.recording());
        admin = admin(recorder);
        proxy = opened.add(proxy(metrics, traffic, recorder));
        new ServerGauges(metrics)
                .memory()
                .traffic(listeners, proxy)
                .routing(routing)
                .store(sync)
                .accessLog(accessLog);
        addPorts();
    }

    private static RoutingOptions options(ServerConfig config) {
        Plugins plugins = Plugins.load(config.plugins());
        ProxySettings.Servers servers = config.proxy().servers();
        RoutingOptions usual = RoutingOptions.defaults()
                .withFilters(plugins.filters())
                .withBalancers(plugins.balancers())
                .withUpstreams(UpstreamOptions.defaults().withMaxConns(servers.maxConnections()));
        RoutingOptions options = servers.names().in(usual, DnsResolver.system());
        return config.stickySecret() == null ? options : options.withStickySecret(config.stickySecret());
    }

    /**
     * Starts a server and returns when its ports are open. They open once the first configuration is in force, or after
     * {@code START_WAIT} without one: then from the copy in {@code DATA_DIR}, and without one requests are answered 503
     * until a configuration comes.
     *
     * @throws ServerConfigException when plugins can't be loaded
     * @throws ServerStartException when a port can't be had, or the store's folder or the access log can't be used
     */
    public static ElbServer start(ServerConfig config) throws ServerStartException {
        CloseStack opened = new CloseStack();
        try {
            ElbServer server = new ElbServer(config, opened);
            server.open();
            return server;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            opened.close();
            throw startFailure(config, failed);
        }
    }

    /** What is in force; changes made here are like an administrator's. */
    public LiveRouting routing() {
        return routing;
    }

    /** Where requests come in. */
    public InetSocketAddress address() {
        return listeners.addresses().get(0);
    }

    /** Where the admin API is, which is the data port unless it has one of its own. */
    public InetSocketAddress adminAddress() {
        List<InetSocketAddress> addresses = listeners.addresses();
        return addresses.get(addresses.size() - 1);
    }

    /** Opens the file of the access log anew, so that it can be moved away before; does nothing where there is none. */
    public void reopenAccessLog() {
        if (accessLog != null) {
            accessLog.reopen();
        }
    }

    /** Stops to listen, lets running requests finish for at most {@code DRAIN_TIMEOUT}, and ends. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        listeners.stopListening();
        proxy.drain();
        awaitIdle(config.lifecycle().drain());
        opened.close();
    }

    private TrafficListener statsd(MetricRegistry metrics) {
        HostPort server = config.statsd();
        return server == null
                ? TrafficListener.NONE
                : opened.add(StatsdReports.start(server, config.name(), metrics))
                        .listener();
    }

    private ConfigSync follow(ConfigStore store) {
        ConfigSync bridge = new ConfigSync(store, routing, lastGood());
        bridge.startFromCopy();
        opened.add(store.watch(bridge));
        return bridge;
    }

    private @Nullable LastGood lastGood() {
        String origin = config.store().origin(config.name());
        Path folder = config.dataDir();
        return folder == null || origin == null
                ? null
                : opened.add(LastGood.open(new ConfigCopy(folder, origin), Clock.systemUTC()));
    }

    private void open() throws IOException, InterruptedException {
        awaitConfiguration();
        joinFleet();
        listeners.open();
        LOG.info(() -> "listening on " + HostPort.of(address()) + ", configuration from "
                + sync.status().description());
        if (config.admin().listen() != null) {
            LOG.info(() -> "the admin API is on " + HostPort.of(adminAddress()));
        }
    }

    /** Before requests come: whoever waits for a change to be in force everywhere must know of us by then. */
    private void joinFleet() throws InterruptedException {
        String name = config.instance();
        fleet.join(FleetCard.of(name == null ? hostAndPort() : name, routing, admin::tag));
        sync.onTaken(fleet::changed);
        routing.onPublish(change -> fleet.changed());
        if (sync.status().connected()) {
            fleet.awaitKnown(BEFORE_COPY);
        }
    }

    private String hostAndPort() {
        try {
            return InetAddress.getLocalHost().getHostName()
                    + ':'
                    + config.listen().port();
        } catch (UnknownHostException nameless) {
            return config.listen().toString();
        }
    }

    private void awaitConfiguration() throws InterruptedException {
        boolean copied = routing.current().loaded();
        Duration most = config.lifecycle().startWait();
        if (!sync.awaitFirst(copied && most.compareTo(BEFORE_COPY) > 0 ? BEFORE_COPY : most)) {
            String what = copied
                    ? "nothing from the store yet, starting from the copy of its configuration: "
                    : "no configuration yet, answering 503 until there is one: ";
            LOG.warning(() -> what + sync.status());
        }
    }

    private ElbProxy proxy(MetricRegistry metrics, TrafficListener traffic, @Nullable TrafficRecorder recorder) {
        ProxySettings settings = config.proxy();
        ElbProxyBuilder builder = ElbProxy.builder(routing)
                .metrics(metrics)
                .listener(traffic)
                .explainTo(admin::mayExplain)
                .timeouts(settings.servers().timeouts())
                .clientTimeouts(settings.clients().timeouts())
                .maxBody(settings.clients().limits().maxBody())
                .maxIdleConnections(settings.servers().maxIdle())
                .upgrades(settings.upgrades())
                .trustedProxies(settings.trustedProxies())
                .passHeadsOn(true)
                .countEdges(settings.countsEdges());
        if (recorder != null) {
            builder.observer(recorder);
        }
        return (accessLog == null ? builder : builder.observer(accessLog)).build();
    }

    private ElbAdmin admin(@Nullable TrafficRecorder recorder) {
        ElbAdmin.Builder builder = ElbAdmin.builder(routing, new StoreSource(routing, sync, log))
                .fleet(fleet)
                .recent(recorder == null ? RecentTraffic.none() : recorder)
                .token(config.admin().token());
        if (config.proxy().countsEdges()) {
            builder.traffic(opened.add(LiveTraffic.of(routing)));
        }
        return builder.build();
    }

    private void addPorts() {
        HostPort separate = config.admin().listen();
        listeners.add(config.listen(), logged(separate == null ? admin.guard(proxy) : proxy));
        if (separate != null) {
            listeners.add(separate, admin.standalone());
        }
    }

    private HttpHandler logged(HttpHandler handler) {
        return accessLog == null ? handler : accessLog.around(handler, proxy::client);
    }

    private void awaitIdle(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        try {
            while (proxy.active() > 0 && System.nanoTime() < end) {
                Thread.sleep(DRAIN_STEP_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ServerStartException startFailure(ServerConfig config, Exception failed) {
        if (failed instanceof RuntimeException unexpected && !(failed instanceof UncheckedIOException)) {
            throw unexpected;
        }
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        String where = failed instanceof BindException ? ports(config) + ": " : "";
        return new ServerStartException(where + failed.getMessage(), failed);
    }

    private static String ports(ServerConfig config) {
        HostPort admin = config.admin().listen();
        return admin == null ? "LISTEN " + config.listen() : "LISTEN " + config.listen() + " or ADMIN_LISTEN " + admin;
    }
}

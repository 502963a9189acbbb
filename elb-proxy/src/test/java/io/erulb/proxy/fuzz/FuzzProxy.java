package io.erulb.proxy.fuzz;

import io.erulb.proxy.ElbProxy;
import io.erulb.proxy.ProxyFixture;
import io.erulb.proxy.http1.server.CountingPool;
import io.erulb.proxy.http1.server.Http1Limits;
import io.erulb.proxy.http1.server.Http1Listener;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingOptions;
import io.erulb.upstream.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** The proxy under test behind its own listener, before two upstreams, and what is left of it at the end. */
final class FuzzProxy {
    /** A domain with one server. */
    static final String ONE = "one.fuzz";

    /** A domain with three servers, so that requests are tried elsewhere. */
    static final String MANY = "many.fuzz";

    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    private final CountingPool pool = new CountingPool(16 * 1024);
    private final LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());
    private final ElbProxy proxy = ElbProxy.builder(routing).build();
    private final Http1Listener listener = new Http1Listener(proxy, pool, Http1Limits.defaults(), OptionMap.EMPTY);
    private final XnioWorker worker;
    private final AcceptingChannel<StreamConnection> server;

    FuzzProxy(List<FuzzServer> servers) throws IOException {
        route(ONE, servers.subList(0, 1));
        route(MANY, servers.subList(1, servers.size()));
        worker = Xnio.getInstance()
                .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 2, Options.WORKER_TASK_MAX_THREADS, 2));
        server = worker.createStreamConnectionServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ChannelListeners.openListenerAdapter(listener),
                OptionMap.create(Options.TCP_NODELAY, true, Options.BACKLOG, 1000));
        server.resumeAccepts();
    }

    private void route(String domain, List<FuzzServer> servers) {
        Map<String, String> addresses = new LinkedHashMap<>();
        servers.forEach(one -> addresses.put(one.address(), "max_fails=0"));
        routing.apply(RoutingChange.builder()
                .putUpstream("up-" + domain, addresses)
                .putDomain(domain, ProxyFixture.backend("up-" + domain))
                .build());
    }

    int port() {
        return server.getLocalAddress(InetSocketAddress.class).getPort();
    }

    /** Stops, once all clients are gone; whatever is not given back is a finding. */
    void close(List<FuzzServer> servers, Findings findings) throws IOException, InterruptedException {
        settles("connections of clients are left", listener::connections, findings);
        settles("requests run", proxy::active, findings);
        for (Peer peer : peers()) {
            settles("attempts are counted at " + peer, peer::active, findings);
        }
        settles("buffers are out", pool::out, findings);
        pool.takers().stream().limit(3).forEach(taker -> findings.add(Traces.text(taker)));
        proxy.close();
        for (FuzzServer one : servers) {
            settles("connections to a server are lost", one::connections, findings);
        }
        routing.close();
        server.close();
        worker.shutdown();
        if (!worker.awaitTermination(20, TimeUnit.SECONDS)) {
            findings.add("the worker did not end");
        }
        pool.close();
    }

    private List<Peer> peers() {
        return List.of(ONE, MANY).stream()
                .flatMap(domain -> routing.current().upstreams().get("up-" + domain).live().peers().stream())
                .toList();
    }

    /** Waits for a figure to fall to zero. */
    static void settles(String what, LongSupplier figure, Findings findings) {
        long deadline = System.nanoTime() + PATIENCE;
        while (figure.getAsLong() != 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        long left = figure.getAsLong();
        if (left != 0) {
            findings.add(what + ": " + left);
        }
    }
}

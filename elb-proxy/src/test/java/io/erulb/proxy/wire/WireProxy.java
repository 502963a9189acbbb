package io.erulb.proxy.wire;

import io.erulb.proxy.ElbProxy;
import io.erulb.proxy.ProxyFixture;
import io.erulb.proxy.http1.server.Http1Limits;
import io.erulb.proxy.http1.server.Http1Listener;
import io.erulb.proxy.io.EventLoops;
import io.erulb.proxy.io.ListeningPort;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingOptions;
import io.undertow.server.DefaultByteBufferPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * A proxy that takes every domain to one server, as the suite of wire cases uses it. Its face is made of types that all
 * class loaders share, since it is loaded once more for every planted fault.
 */
public final class WireProxy implements AutoCloseable {
    private final XnioWorker tasks;
    private final DefaultByteBufferPool buffers = new DefaultByteBufferPool(true, 16 * 1024, 100, 4);

    /** What proxies share. */
    public WireProxy() throws IOException {
        tasks = Xnio.getInstance(WireProxy.class.getClassLoader())
                .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 0, Options.WORKER_TASK_MAX_THREADS, 1));
    }

    /** Starts a proxy in front of the server at an address; answers its port and what stops it. */
    public Map.Entry<Integer, Runnable> start(String server) throws IOException {
        LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());
        routing.apply(RoutingChange.builder()
                .putUpstream("up", Map.of(server, ""))
                .putDomain("*", ProxyFixture.backend("up"))
                .build());
        ElbProxy proxy = ElbProxy.builder(routing).passHeadsOn(true).build();
        EventLoops loops = EventLoops.start("wire", 1, tasks);
        Http1Listener listener = new Http1Listener(proxy, buffers, Http1Limits.defaults(), OptionMap.EMPTY);
        ListeningPort port = loops.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10, listener);
        return Map.entry(port.address().getPort(), () -> {
            loops.close();
            proxy.close();
            routing.close();
        });
    }

    @Override
    public void close() {
        tasks.shutdownNow();
    }
}

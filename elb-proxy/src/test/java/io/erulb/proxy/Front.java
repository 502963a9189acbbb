package io.erulb.proxy;

import io.erulb.proxy.http1.server.Http1Limits;
import io.erulb.proxy.http1.server.Http1Listener;
import io.erulb.proxy.io.EventLoops;
import io.erulb.proxy.io.ListeningPort;
import io.undertow.Undertow;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * What accepts connections before a proxy.
 *
 * @param port where
 * @param stop ends it
 */
public record Front(int port, Runnable stop) implements AutoCloseable {

    /** The listeners that a proxy works behind. */
    public enum Kind {
        /** The one of the server. */
        OUR_LISTENER {
            @Override
            Front open(HttpHandler handler) {
                return ours(handler);
            }
        },
        /** Undertow's own. */
        UNDERTOW {
            @Override
            Front open(HttpHandler handler) {
                return undertow(handler);
            }
        };

        abstract Front open(HttpHandler handler);
    }

    private static Front undertow(HttpHandler handler) {
        Undertow undertow = ElbProxy.configure(Undertow.builder())
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(2)
                .setWorkerThreads(2)
                .setHandler(handler)
                .build();
        undertow.start();
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        return new Front(address.getPort(), undertow::stop);
    }

    private static Front ours(HttpHandler handler) {
        try {
            XnioWorker tasks = Xnio.getInstance()
                    .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 0, Options.WORKER_TASK_MAX_THREADS, 2));
            EventLoops loops = EventLoops.start("front", 2, tasks);
            DefaultByteBufferPool pool = new DefaultByteBufferPool(true, 16 * 1024, 100, 4);
            Http1Listener listener = new Http1Listener(handler, pool, Http1Limits.defaults(), OptionMap.EMPTY);
            ListeningPort port =
                    loops.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000, listener);
            return new Front(port.address().getPort(), () -> {
                loops.close();
                tasks.shutdownNow();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}

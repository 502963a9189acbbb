package io.erulb.proxy;

import io.erulb.proxy.http1.server.Http1Limits;
import io.erulb.proxy.http1.server.Http1Listener;
import io.undertow.Undertow;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

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
            XnioWorker worker = Xnio.getInstance()
                    .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 2, Options.WORKER_TASK_MAX_THREADS, 2));
            DefaultByteBufferPool pool = new DefaultByteBufferPool(true, 16 * 1024, 100, 4);
            Http1Listener listener = new Http1Listener(handler, pool, Http1Limits.defaults(), OptionMap.EMPTY);
            AcceptingChannel<StreamConnection> server = worker.createStreamConnectionServer(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    ChannelListeners.openListenerAdapter(listener),
                    OptionMap.create(Options.TCP_NODELAY, true));
            server.resumeAccepts();
            int port = server.getLocalAddress(InetSocketAddress.class).getPort();
            return new Front(port, worker::shutdownNow);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}

package io.erulb.proxy.http1.server;

import static java.util.Objects.requireNonNull;

import io.undertow.connector.ByteBufferPool;
import io.undertow.server.HttpHandler;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xnio.ChannelListener;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;

/**
 * Speaks HTTP/1.1 and HTTP/1.0 on accepted sockets, in the place of Undertow's own listener. To be used as
 *
 * <pre>{@code
 * loops.listen(address, backlog, listener)
 * }</pre>
 *
 * <p>with {@link io.erulb.proxy.io.EventLoops}, or on a server of XNIO's by {@code ChannelListeners.openListenerAdapter}.
 *
 * <p>One listener may serve several ports. Safe for use by many threads. Times are kept here for
 * heads, idle connections and farewells; how long a body may pause, or an answer may wait for its reader, is the handler's
 * to say.
 */
public final class Http1Listener implements ChannelListener<StreamConnection> {
    private final HttpHandler handler;
    private final ByteBufferPool pool;
    private final Http1Limits limits;
    private final OptionMap options;
    private final ConnectionCount count;
    private final Map<XnioIoThread, IoState> states = new ConcurrentHashMap<>();

    /**
     * A listener without connections.
     *
     * @param handler answers requests; called on the connection's I/O thread
     * @param pool buffers for bytes that have to wait, of 1 KiB and more each
     * @param limits what clients may take
     * @param options what {@link io.undertow.server.ServerConnection#getUndertowOptions} says to handlers
     */
    public Http1Listener(HttpHandler handler, ByteBufferPool pool, Http1Limits limits, OptionMap options) {
        this.handler = requireNonNull(handler, "handler");
        this.pool = requireNonNull(pool, "pool");
        this.limits = requireNonNull(limits, "limits");
        this.options = requireNonNull(options, "options");
        this.count = new ConnectionCount(limits);
    }

    /** A socket was accepted; called on its I/O thread. */
    @Override
    public void handleEvent(StreamConnection channel) {
        IoState io = states.computeIfAbsent(channel.getIoThread(), t -> new IoState(t, limits, pool.getBufferSize()));
        InetSocketAddress client = channel.getPeerAddress(InetSocketAddress.class);
        Refusal tooMany = count.opened(client);
        Http1Connection connection = new Http1Connection(this, channel, io);
        connection.addCloseListener(closed -> count.closed(client));
        if (tooMany == null) {
            connection.loop().start();
        } else {
            connection.loop().refuse(tooMany);
        }
    }

    /** Number of connections open at present, upgraded ones included. */
    public int connections() {
        return count.inAll();
    }

    /** Number of connections turned away, since there were too many. */
    public long refused() {
        return count.refused();
    }

    HttpHandler handler() {
        return handler;
    }

    ByteBufferPool pool() {
        return pool;
    }

    Http1Limits limits() {
        return limits;
    }

    OptionMap options() {
        return options;
    }
}

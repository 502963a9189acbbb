package io.erulb.proxy.http1.client;

import io.erulb.proxy.http1.TimerWheel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;
import org.xnio.IoFuture;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;

/** A connection being made, until it is there, fails or takes too long. Confined to its I/O thread. */
final class Connecting extends TimerWheel.Entry {
    private static final OptionMap SOCKET = OptionMap.create(Options.TCP_NODELAY, true);

    private final IoLocal io;
    private final IdlePool pool;
    private @Nullable UpstreamCall call;
    private @Nullable IoFuture<StreamConnection> future;

    Connecting(IoLocal io, IdlePool pool, UpstreamCall call) {
        super(io.timers());
        this.io = io;
        this.pool = pool;
        this.call = call;
    }

    void start(XnioIoThread thread) {
        expireIn(io.options().connectTimeout().toNanos());
        future = thread.openStreamConnection(pool.address(), this::opened, SOCKET);
        future.addNotifier(this::done, null);
    }

    private void opened(StreamConnection channel) {
        UpstreamCall waiting = finish();
        if (waiting == null) {
            IoUtils.safeClose(channel);
        } else {
            waiting.connected(new UpstreamConnection(io, pool, channel));
        }
    }

    private void done(IoFuture<? extends StreamConnection> result, @Nullable Object ignored) {
        if (result.getStatus() == IoFuture.Status.FAILED) {
            IOException cause = result.getException();
            io.thread().execute(() -> failed(cause == null ? new ConnectException("refused") : cause));
        }
    }

    @Override
    protected void expired() {
        IoFuture<StreamConnection> running = future;
        if (running != null) {
            running.cancel();
        }
        failed(new SocketTimeoutException(
                "no connection within " + io.options().connectTimeout().toMillis() + " ms"));
    }

    private void failed(IOException cause) {
        UpstreamCall waiting = finish();
        if (waiting != null) {
            waiting.unreachable(cause);
        }
    }

    private @Nullable UpstreamCall finish() {
        remove();
        UpstreamCall waiting = call;
        call = null;
        return waiting;
    }
}

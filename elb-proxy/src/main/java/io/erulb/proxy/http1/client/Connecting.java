package io.erulb.proxy.http1.client;

import io.erulb.proxy.http1.TimerWheel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoFuture;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;

/** A connection being made, until it is there, fails or takes too long. Confined to its I/O thread. */
final class Connecting extends TimerWheel.Entry {
    private static final OptionMap SOCKET = OptionMap.create(Options.TCP_NODELAY, true);

    private final IoLocal io;
    private final ConnectionKeeper keeper;
    private final long timeoutNanos;
    private @Nullable ConnectCall call;
    private @Nullable IoFuture<StreamConnection> future;

    Connecting(IoLocal io, ConnectionKeeper keeper, ConnectCall call, long timeoutNanos) {
        super(io.timers());
        this.io = io;
        this.keeper = keeper;
        this.timeoutNanos = timeoutNanos;
        this.call = call;
    }

    void start(IoLocal.Layer layer) {
        expireIn(timeoutNanos);
        future = io.thread().openStreamConnection(keeper.address(), raw -> opened(raw, layer), SOCKET);
        future.addNotifier(this::done, null);
    }

    private void opened(StreamConnection raw, IoLocal.Layer layer) {
        ConnectCall waiting = finish();
        if (waiting == null) {
            IoUtils.safeClose(raw);
            return;
        }
        StreamConnection channel;
        try {
            channel = layer.over(raw);
        } catch (IOException e) {
            IoUtils.safeClose(raw);
            waiting.unreachable(e);
            return;
        }
        waiting.connected(new UpstreamConnection(io, keeper, channel));
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
                "no connection within " + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) + " ms"));
    }

    private void failed(IOException cause) {
        ConnectCall waiting = finish();
        if (waiting != null) {
            waiting.unreachable(cause);
        }
    }

    private @Nullable ConnectCall finish() {
        remove();
        ConnectCall waiting = call;
        call = null;
        return waiting;
    }
}

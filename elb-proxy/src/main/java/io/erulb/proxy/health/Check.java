package io.erulb.proxy.health;

import io.erulb.proxy.http1.client.ConnectCall;
import io.erulb.proxy.http1.client.ConnectionKeeper;
import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.http1.client.ResponseHead;
import io.erulb.proxy.http1.client.UpstreamCall;
import io.erulb.proxy.http1.client.UpstreamConnection;
import io.erulb.proxy.io.NoSocketException;
import io.erulb.upstream.CheckResult;
import io.erulb.upstream.health.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks one server, again and again: each time until it has passed, failed or taken too long. One object for all times, since
 * thousands of servers are checked; it has a connection of its own, and no table to look it up in. Confined to the thread of
 * the checks.
 */
abstract class Check implements Probe, UpstreamCall, ConnectionKeeper {
    private final IoLocal io;
    private final RunningChecks running;
    private final InetSocketAddress address;
    private final long timeoutNanos;
    /** Whom to tell how it ends; null while it does not run. */
    private @Nullable Done done;
    /** The connection that is being made for it. */
    private @Nullable Attempt attempt;

    private @Nullable UpstreamConnection connection;
    /** What it has for the next time. */
    private @Nullable UpstreamConnection kept;

    private long deadline;
    private boolean listed;
    private boolean stopped;

    /** Where a check is made, and of whom. */
    record Place(IoLocal io, RunningChecks running, InetSocketAddress address) {}

    Check(Place place, Duration timeout) {
        this.io = place.io();
        this.running = place.running();
        this.address = place.address();
        this.timeoutNanos = timeout.toNanos();
    }

    /** A connection being made; one that comes when it is waited for no more is nobody's. */
    private final class Attempt implements ConnectCall {
        @Override
        public void connected(UpstreamConnection fresh) {
            if (attempt == this) {
                attempt = null;
                Check.this.connected(fresh);
            } else {
                fresh.close();
            }
        }

        @Override
        public void unreachable(IOException cause) {
            if (attempt == this) {
                Check.this.unreachable(cause);
            }
        }
    }

    @Override
    public final void start(Done whom) {
        done = whom;
        deadline = System.nanoTime() + timeoutNanos;
        running.add(this);
        UpstreamConnection unused = kept;
        if (unused == null) {
            connect();
        } else {
            kept = null;
            connected(unused);
        }
    }

    private void connect() {
        Attempt begun = new Attempt();
        attempt = begun;
        io.connect(this, begun, layer());
    }

    @Override
    public final void connected(UpstreamConnection usable) {
        connection = usable;
        try {
            begin(usable);
        } catch (IOException e) {
            usable.sendingFailed(e);
        }
    }

    @Override
    public final void unreachable(IOException cause) {
        // Out of descriptors it is we who are not well.
        end(cause instanceof NoSocketException ? null : failed("no connection: " + cause.getMessage()));
    }

    @Override
    public final void stop() {
        stopped = true;
        done = null;
        attempt = null;
        closeConnection();
        if (kept != null) {
            kept.close();
        }
    }

    final IoLocal io() {
        return io;
    }

    @Override
    public final InetSocketAddress address() {
        return address;
    }

    /** What lies over its connections. */
    IoLocal.Layer layer() {
        return IoLocal.Layer.NONE;
    }

    /** Whether a connection may be used again. */
    abstract boolean reuses();

    /** A connection is there, and the check is not over. */
    abstract void begin(UpstreamConnection usable) throws IOException;

    @Override
    public final boolean keep(UpstreamConnection unused) {
        boolean wanted = reuses() && kept == null && !stopped;
        if (wanted) {
            kept = unused;
        }
        return wanted;
    }

    @Override
    public final void forget(UpstreamConnection closed) {
        if (kept == closed) {
            kept = null;
        }
    }

    @Override
    public final void broken(IOException cause) {
        UpstreamConnection lost = connection;
        connection = null;
        if (done != null && lost != null && lost.reused() && !lost.heard()) {
            // The server may close a kept connection whenever it likes.
            connect();
        } else {
            end(failed(Reason.of(cause)));
        }
    }

    /** Reads what has come. */
    final void read() {
        if (connection != null) {
            connection.read();
        }
    }

    final boolean isOver() {
        return done == null;
    }

    /** Whether it is among those that run, or was when that was last looked at. */
    final boolean isListed() {
        return listed;
    }

    final void listed(boolean now) {
        listed = now;
    }

    final long deadline() {
        return deadline;
    }

    final void expired() {
        String what = connection == null ? "no connection within " : "no answer within ";
        end(failed(what + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) + " ms"));
    }

    static CheckResult failed(String reason) {
        return new CheckResult(false, reason);
    }

    /** The connection is given back: what comes on it is none of ours any more. */
    final void released() {
        connection = null;
    }

    final void end(@Nullable CheckResult result) {
        Done waiting = done;
        if (waiting != null) {
            done = null;
            attempt = null;
            closeConnection();
            waiting.with(result);
        }
    }

    private void closeConnection() {
        UpstreamConnection used = connection;
        connection = null;
        if (used != null) {
            used.close();
        }
    }

    @Override
    public boolean isHead() {
        return false;
    }

    @Override
    public void interim(ResponseHead head) {
        // The final answer counts.
    }

    @Override
    public void head(ResponseHead head) {
        end(failed("an answer to nothing"));
    }

    @Override
    public boolean body(ByteBuffer data, boolean last) {
        return true;
    }

    @Override
    public void end() {
        released();
    }

    @Override
    public void switched(ResponseHead head, ByteBuffer readAhead) {
        end(failed("status 101"));
    }

    @Override
    public void drained() {
        // What is sent fits at once, or else waits for the time-out.
    }
}

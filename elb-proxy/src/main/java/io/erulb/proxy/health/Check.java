package io.erulb.proxy.health;

import io.erulb.proxy.http1.client.ConnectCall;
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
import org.jspecify.annotations.Nullable;

/**
 * Checks one server, again and again: each time until it has passed, failed or taken too long. One object for all times, since
 * thousands of servers are checked. Confined to the thread of the checks.
 */
abstract class Check implements Probe, UpstreamCall {
    private final IoLocal io;
    private final RunningChecks running;
    private final InetSocketAddress address;
    private final Duration timeout;
    private @Nullable Run run;
    private @Nullable UpstreamConnection connection;
    private long deadline;
    private boolean listed;

    /** Where a check is made, and of whom. */
    record Place(IoLocal io, RunningChecks running, InetSocketAddress address) {}

    Check(Place place, Duration timeout) {
        this.io = place.io();
        this.running = place.running();
        this.address = place.address();
        this.timeout = timeout;
    }

    /** One time that it is made; a connection that comes after that is nobody's. */
    private final class Run implements ConnectCall {
        private final Done done;

        Run(Done done) {
            this.done = done;
        }

        @Override
        public void connected(UpstreamConnection fresh) {
            if (run == this) {
                Check.this.connected(fresh);
            } else {
                fresh.close();
            }
        }

        @Override
        public void unreachable(IOException cause) {
            if (run == this) {
                Check.this.unreachable(cause);
            }
        }
    }

    @Override
    public final void start(Done done) {
        Run begun = new Run(done);
        run = begun;
        deadline = System.nanoTime() + timeout.toNanos();
        running.add(this);
        connect(begun);
    }

    /** Has a connection made, or takes one that is kept. */
    abstract void connect(ConnectCall call);

    final IoLocal io() {
        return io;
    }

    final InetSocketAddress address() {
        return address;
    }

    /** A connection is there, and the check is not over. */
    abstract void begin(UpstreamConnection fresh) throws IOException;

    @Override
    public final void connected(UpstreamConnection fresh) {
        connection = fresh;
        try {
            begin(fresh);
        } catch (IOException e) {
            fresh.sendingFailed(e);
        }
    }

    @Override
    public final void unreachable(IOException cause) {
        // Out of descriptors it is we who are not well.
        end(cause instanceof NoSocketException ? null : failed("no connection: " + cause.getMessage()));
    }

    @Override
    public final void broken(IOException cause) {
        UpstreamConnection lost = connection;
        Run current = run;
        connection = null;
        if (current != null && lost != null && lost.reused() && !lost.heard()) {
            // The server may close a kept connection whenever it likes.
            io.connect(address, current, IoLocal.Reuse.NEVER);
        } else {
            end(failed(Reason.of(cause)));
        }
    }

    final boolean isOver() {
        return run == null;
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
        end(failed(what + timeout.toMillis() + " ms"));
    }

    static CheckResult failed(String reason) {
        return new CheckResult(false, reason);
    }

    /** The connection is given back: what comes on it is none of ours any more. */
    final void released() {
        connection = null;
    }

    final void end(@Nullable CheckResult result) {
        Run ended = run;
        if (ended != null) {
            run = null;
            if (connection != null) {
                connection.close();
                connection = null;
            }
            ended.done.with(result);
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

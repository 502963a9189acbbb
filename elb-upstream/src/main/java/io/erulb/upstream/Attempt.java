package io.erulb.upstream;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One try to have a request answered by one peer. Whoever got it from {@link Upstream#pick} ends it by exactly one of
 * {@link #succeeded}, {@link #failed}, {@link #abandoned} and {@link #outrun}; until then it counts as active on its peer, whatever
 * happens to the configuration meanwhile.
 *
 * <p>Safe to end from any thread. Ending it a second time is an {@link IllegalStateException} and counts nothing.
 */
public final class Attempt {
    private static final VarHandle ENDED = endedHandle();

    private final Peer peer;
    private final @Nullable Attempt previous;

    @SuppressWarnings("UnusedVariable") // written through ENDED
    private volatile boolean ended;

    Attempt(Peer peer, @Nullable Attempt previous) {
        this.peer = peer;
        this.previous = previous;
    }

    /** Where to send the request. */
    public Peer peer() {
        return peer;
    }

    /** The same request's attempt before this one; null for its first. */
    public @Nullable Attempt previous() {
        return previous;
    }

    /**
     * The peer began an answer, so long after it was asked. Ends nothing.
     *
     * @param status of the answer
     * @param nanos nanoseconds, at least 0
     */
    public void answered(int status, long nanos) {
        peer.answered(status, nanos);
    }

    /**
     * Over since another peer answered sooner, and nothing came from this one for so long: no failure, but its answer takes at
     * least that. The counterpart of {@link #answered} and {@link #abandoned}.
     *
     * @param nanos nanoseconds since it was asked, at least 0
     */
    public void outrun(long nanos) {
        end();
        peer.outrun(nanos);
    }

    /** The peer answered, and not with what counts as a failure. */
    public void succeeded() {
        end();
        peer.succeeded();
    }

    /** The peer failed; this joins its failure window. */
    public void failed(Failure kind) {
        requireNonNull(kind, "kind");
        end();
        peer.failed(kind);
    }

    /** Over without saying anything of the peer: the client left, say. */
    public void abandoned() {
        end();
        peer.leave();
    }

    /** Whether this attempt or one before it went to the same address. */
    boolean tried(Peer candidate) {
        for (Attempt attempt = this; attempt != null; attempt = attempt.previous) {
            if (attempt.peer.state() == candidate.state()) {
                return true;
            }
        }
        return false;
    }

    private void end() {
        if ((boolean) ENDED.getAndSet(this, true)) {
            throw new IllegalStateException("the attempt at " + peer + " was ended before (expected: once)");
        }
    }

    private static VarHandle endedHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Attempt.class, "ended", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}

package io.erulb.proxy;

import io.erulb.routing.Affinity;
import io.erulb.routing.Target;
import io.erulb.routing.policy.HashKey;
import io.erulb.routing.policy.QueuePolicy;
import io.erulb.routing.policy.RetryPolicy;
import io.erulb.rules.RequestView;
import io.erulb.upstream.Attempt;
import io.erulb.upstream.Failure;
import io.erulb.upstream.Peer;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.spi.Selection;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The servers that one request is tried on, one after the other: which they are, how many, and after what. */
final class Tries {
    private static final int MOST_DOUBLINGS = 6;

    private final Upstream upstream;
    private final @Nullable Affinity affinity;
    private final @Nullable Peer bound;
    private final long key;
    private final RetryPolicy retry;
    private final @Nullable QueuePolicy queue;
    private final int most;
    private final String domain;
    private final ForwardingSettings settings;
    private @Nullable Attempt last;
    private @Nullable Failure lastFailure;
    private int count;

    Tries(Target target, String domain, RequestView request, ForwardingSettings settings) {
        HashKey hash = target.policy().key();
        this.upstream = target.live();
        this.affinity = target.affinity();
        this.bound = affinity == null ? null : affinity.peer(request);
        this.key = hash == null ? Selection.NO_KEY : hash.of(request);
        this.retry = target.policy().retry();
        this.queue = target.policy().queue();
        this.most = retry.tries() == 0 ? settings.tries() : retry.tries();
        this.domain = domain;
        this.settings = settings;
    }

    /** Picks another server; null when there is none, or there were enough. */
    @Nullable
    Attempt next() {
        return next(upstream);
    }

    /** The same after the request has waited: among the servers there are by now. */
    @Nullable
    Attempt nextOfNewest() {
        return next(upstream.newest());
    }

    private @Nullable Attempt next(Upstream among) {
        Attempt picked = counted(count < most ? pick(among) : null);
        if (picked != null && count > 1) {
            settings.totals().retried().increment();
        }
        return picked;
    }

    private @Nullable Attempt counted(@Nullable Attempt picked) {
        if (picked != null) {
            last = picked;
            count++;
        }
        return picked;
    }

    private @Nullable Attempt pick(Upstream among) {
        Attempt toBound = count == 0 ? pickBound() : null;
        return toBound == null ? among.pick(last, key) : toBound;
    }

    private @Nullable Attempt pickBound() {
        return bound == null ? null : upstream.pickBound(bound);
    }

    /** Picks the server that the client is bound to; null when it is to none, or to one that takes no request. */
    @Nullable
    Attempt nextBound() {
        return counted(pickBound());
    }

    /**
     * How long to wait for the first server before a second one is asked beside it, which binds its client to none;
     * {@link Long#MAX_VALUE} for ever.
     */
    long hedgeAfterNanos() {
        return isFirst() && count < most ? upstream.hedgeAfterNanos() : Long.MAX_VALUE;
    }

    private boolean isFirst() {
        return count == 1 && last != null && last.peer() != bound;
    }

    /** Picks a second server beside the first; null when there is to be none. */
    @Nullable
    Attempt beside(Attempt first) {
        Attempt second = isFirst() && count < most ? counted(upstream.pickBeside(first, key)) : null;
        if (second != null) {
            settings.totals().hedged().increment();
        }
        return second;
    }

    /** What binds the client to the server that answers; null when nothing does, or it is bound to it already. */
    @Nullable
    String setCookie(ServerCall call) {
        Peer peer = call.attempt().peer();
        return affinity == null || peer == bound ? null : affinity.setCookie(peer);
    }

    /** Whether another server is to be tried after such a failure, if there is one. */
    boolean goesOnAfter(Failure kind) {
        return switch (kind) {
            case CONNECT, BROKEN -> retry.on().error();
            case TIMEOUT -> retry.on().timeout();
            case INVALID_RESPONSE -> retry.on().invalidHeader();
            case STATUS -> true;
        };
    }

    /** Whether another server is to be tried after an answer of such a status, if there is one. */
    boolean goesOnAfter(int status) {
        return retry.on().statuses().has(status);
    }

    /** Whether also requests may be sent twice whose repetition may do harm. */
    boolean repeatsAny() {
        return retry.on().nonIdempotent();
    }

    /** How long to wait before the server picked last is asked; half as long at least and half as long again at most. */
    long backoffNanos() {
        Duration backoff = retry.backoff();
        if (backoff == null || count < 2) {
            return 0;
        }
        long usual = backoff.toNanos() << Math.min(count - 2, MOST_DOUBLINGS);
        return usual / 2 + ThreadLocalRandom.current().nextLong(usual);
    }

    /** A server answered with a status after which another one is to be tried. */
    void answeredBadly(ServerCall call, int status) {
        if (status == StatusCodes.FORBIDDEN || status == StatusCodes.NOT_FOUND) {
            // As in nginx: what it has not, others may have, and it is none the worse for it.
            call.answeredWell();
        } else {
            failed(call, Failure.STATUS, new IOException("status " + status));
        }
    }

    /** How the request may wait for room; null when it may not, or it is not room that is missing. */
    @Nullable
    QueuePolicy queue() {
        // A server that is in and was not picked was full, whatever it is by now.
        return queue != null && count == 0 && upstream.anyIn() ? queue : null;
    }

    /** Whether requests that came before this one wait for room. */
    boolean othersWait() {
        return queue != null && upstream.waiting() > 0;
    }

    Upstream upstream() {
        return upstream;
    }

    /** Whether no server was tried, since all are at their limit of connections. */
    boolean foundAllFull() {
        return count == 0 && upstream.full();
    }

    /** The request is refused, since no server has room. */
    void refused() {
        settings.totals().refused().increment();
        settings.failures().full(domain, upstream.name());
    }

    /** How many servers were picked so far. */
    int count() {
        return count;
    }

    /** Where the server is that was picked last; null before the first. */
    @Nullable
    InetSocketAddress lastAddress() {
        return last == null ? null : last.peer().address();
    }

    /** How the last try failed, or null when none did. */
    @Nullable
    Failure lastFailure() {
        return lastFailure;
    }

    /** The server that was asked failed. */
    void failed(ServerCall call, Failure kind, IOException cause) {
        lastFailure = kind;
        if (call.failed(kind)) {
            InetSocketAddress address = call.address();
            settings.failures().failed(domain, upstream.name(), address, cause);
        }
    }
}

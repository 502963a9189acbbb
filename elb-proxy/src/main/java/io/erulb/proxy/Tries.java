package io.erulb.proxy;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.Failure;
import io.erulb.upstream.Upstream;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The servers that one request is tried on, one after the other; each attempt is ended once and no more. */
final class Tries {
    private final Upstream upstream;
    private final String domain;
    private final ForwardingSettings settings;
    private @Nullable Attempt attempt;
    private @Nullable Failure lastFailure;
    private int count;
    private boolean open;

    Tries(Upstream upstream, String domain, ForwardingSettings settings) {
        this.upstream = upstream;
        this.domain = domain;
        this.settings = settings;
    }

    /** Picks another server; false when there is none, or there were enough. */
    boolean next() {
        Attempt next = count < settings.tries() ? upstream.pick(attempt) : null;
        if (next == null) {
            return false;
        }
        attempt = next;
        open = true;
        count++;
        return true;
    }

    /** The server picked last. */
    InetSocketAddress address() {
        if (attempt == null) {
            throw new IllegalStateException("no server was picked");
        }
        return attempt.peer().address();
    }

    /** Whether no server was tried, since all are at their limit of connections; counts that as a refusal. */
    boolean refusedByLimit() {
        boolean full = count == 0 && upstream.full();
        if (full) {
            settings.failures().full(domain, upstream.name());
        }
        return full;
    }

    /** How the last try failed, or null when none did. */
    @Nullable
    Failure lastFailure() {
        return lastFailure;
    }

    void failed(Failure kind, IOException cause) {
        lastFailure = kind;
        if (attempt != null && open) {
            open = false;
            attempt.failed(kind);
            settings.failures().failed(domain, upstream.name(), attempt.peer().address(), cause);
        }
    }

    void succeeded() {
        if (attempt != null && open) {
            open = false;
            attempt.succeeded();
        }
    }

    /** Ended for no fault of the server's. */
    void abandoned() {
        if (attempt != null && open) {
            open = false;
            attempt.abandoned();
        }
    }
}

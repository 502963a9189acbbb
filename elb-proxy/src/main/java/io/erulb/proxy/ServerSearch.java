package io.erulb.proxy;

import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.routing.policy.QueuePolicy;
import io.erulb.upstream.Attempt;
import io.erulb.upstream.Failure;
import io.undertow.util.StatusCodes;
import org.jspecify.annotations.Nullable;

/**
 * Finds the server for each try of one request: picks one, waits for room where there is none and between two tries, and
 * refuses the request where there is none to be had. Confined to the request's I/O thread.
 */
final class ServerSearch {
    private static final String FULL = "every server of the upstream is at its limit of connections";
    private static final String LATE = "no server of the upstream had room in time";

    private final Tries tries;
    private final Waits waits;
    private final IoLocal io;
    private final Seeker seeker;

    /** Who looks for a server. */
    interface Seeker {
        /** One was picked; no more of the request is read until it is tried. */
        void picked(Attempt attempt);

        /** The one that was picked is to be tried now. */
        void tryServer();

        /** There is none. */
        void refuse(int status, String sentence);
    }

    ServerSearch(Tries tries, Waits waits, IoLocal io, Seeker seeker) {
        this.tries = tries;
        this.waits = waits;
        this.io = io;
        this.seeker = seeker;
    }

    /** For the first try; behind those who wait for room already. */
    void begin() {
        if (!tries.othersWait()) {
            next();
            return;
        }
        Attempt bound = tries.nextBound();
        if (bound != null) {
            start(bound);
        } else if (!queue()) {
            noRoom(FULL);
        }
    }

    /** For another try. */
    void next() {
        if (!starts(pick()) && !queue()) {
            giveUp();
        }
    }

    private boolean starts(@Nullable Attempt found) {
        if (found != null) {
            start(found);
        }
        return found != null;
    }

    private boolean lookAgain() {
        return starts(tries.nextOfNewest());
    }

    /** Picks another server, to be {@link #start started} with; answers null, and refuses nothing, where there is none at once. */
    @Nullable
    Attempt pick() {
        return tries.next();
    }

    /** Has the server that was picked tried; after another one only when a moment has passed, if the policy says so. */
    void start(Attempt attempt) {
        seeker.picked(attempt);
        long wait = tries.backoffNanos();
        if (wait == 0) {
            seeker.tryServer();
        } else {
            waits.pause(wait, seeker::tryServer);
        }
    }

    /** Waits for room at a server, where the policy says so and room is what is missing; else answers false. */
    private boolean queue() {
        QueuePolicy policy = tries.queue();
        return policy != null
                && waits.queue(tries.upstream(), policy, io.timers(), this::lookAgain, () -> noRoom(LATE));
    }

    private void noRoom(String sentence) {
        tries.refused();
        seeker.refuse(StatusCodes.SERVICE_UNAVAILABLE, sentence);
    }

    /** There is no server left to try, or none may be. */
    void giveUp() {
        Failure failure = tries.lastFailure();
        if (tries.foundAllFull()) {
            noRoom(FULL);
        } else if (failure == null) {
            seeker.refuse(StatusCodes.SERVICE_UNAVAILABLE, "no server of the upstream can take a request");
        } else if (failure == Failure.TIMEOUT) {
            seeker.refuse(StatusCodes.GATEWAY_TIME_OUT, "the upstream did not answer in time");
        } else {
            seeker.refuse(StatusCodes.BAD_GATEWAY, "the upstream could not be reached or gave no valid answer");
        }
    }
}

package io.erulb.store.etcd;

import io.erulb.store.StoreException;
import io.erulb.store.StoreListener;
import io.erulb.store.etcd.MissDetector.Look;
import io.erulb.store.etcd.WatchSignal.Answer;
import io.erulb.store.etcd.WatchSignal.Checked;
import io.erulb.store.etcd.WatchSignal.Ended;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.watch.WatchResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One round of following etcd: reads everything at revision R, tells what is new, then watches from R + 1 and tells what
 * comes. It ends by an exception when the watch ends in any way, shows no sign of life for too long, or when a look past
 * it finds twice what it doesn't tell. For one thread.
 */
final class WatchRound {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** How long a listener may be kept from doing what it does when no more changes are at hand. */
    private static final long MOST_UNSETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How long the writer of a large commit may take for its last steps. */
    private static final long WRITER_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final EtcdConnection connection;
    private final EtcdMirror mirror;
    private final StoreListener listener;
    private final MissDetector detector = new MissDetector();
    private long lastSign = System.nanoTime();
    private long nextCheck = lastSign;
    private long held;
    private boolean told;
    private long toldSince;

    WatchRound(EtcdConnection connection, EtcdMirror mirror, StoreListener listener) {
        this.connection = connection;
        this.mirror = mirror;
        this.listener = listener;
    }

    /** Follows until closed, or until a commit is written that was held back; then it is time for another round at once. */
    void follow(BooleanSupplier closed) throws StoreException, InterruptedException {
        EtcdListing listing = new EtcdReader(connection).read();
        if (mirror.replace(listing)) {
            listener.snapshot(listing.config());
        }
        try (EtcdStream stream = EtcdStream.open(connection, listing)) {
            lastSign = System.nanoTime();
            while (!closed.getAsBoolean() && !mirror.isOutdated()) {
                WatchSignal signal = stream.next(told ? 0 : TICK_NANOS);
                take(signal);
                settle(signal == null);
                requireLife();
                finishForTheWriter();
                checkNowAndThen(stream);
            }
        } finally {
            settle(true);
        }
    }

    /** Tells that no more is at hand, or that it is time where there always is. */
    private void settle(boolean nothingAtHand) {
        if (told && (nothingAtHand || System.nanoTime() - toldSince > MOST_UNSETTLED_NANOS)) {
            told = false;
            listener.settled();
        }
    }

    /** A commit that takes long was left by its writer; until somebody writes the rest, nobody hears of any change. */
    private void finishForTheWriter() throws StoreException {
        if (!mirror.isHolding() || mirror.isOutdated()) {
            held = 0;
        } else if (held == 0) {
            held = System.nanoTime();
        } else if (System.nanoTime() - held > WRITER_NANOS) {
            StagedCommit.awaitNone(connection);
        }
    }

    private void take(@Nullable WatchSignal signal) throws StoreException {
        if (signal instanceof Answer answer) {
            answered(answer.response());
        } else if (signal instanceof Checked checked) {
            checked(checked.response());
        } else if (signal instanceof Ended ended) {
            throw connection.failure("watching", ended.cause());
        }
    }

    private void answered(WatchResponse response) {
        lastSign = System.nanoTime();
        connection.health().alive(response.getHeader().getRevision());
        if (response.getEvents().isEmpty()) {
            return;
        }
        detector.told();
        for (EtcdMirror.Batch batch : mirror.apply(response.getEvents())) {
            listener.changed(batch.revision(), batch.changes());
            toldSince = told ? toldSince : System.nanoTime();
            told = true;
        }
        connection.health().strays(mirror.strays());
    }

    private void checked(GetResponse found) throws StoreException {
        if (mirror.isHolding()) {
            return;
        }
        long newest = found.getKvs().isEmpty() ? 0 : found.getKvs().get(0).getModRevision();
        Look look = new Look(found.getHeader().getRevision(), found.getCount(), newest);
        if (detector.misses(look, mirror.newest(), mirror.count())) {
            throw new StoreException(connection.settings().description() + ": the watch keeps changes back: it told of "
                    + mirror.count() + " keys up to revision " + mirror.newest() + ", but there are " + look.count()
                    + " at " + look.revision());
        }
    }

    private void requireLife() throws StoreException {
        long silent = System.nanoTime() - lastSign;
        if (silent > connection.settings().timing().silence().toNanos()) {
            connection.suspect();
            throw new StoreException(connection.settings().description() + ": no sign of life on the watch for "
                    + TimeUnit.NANOSECONDS.toSeconds(silent) + " s");
        }
    }

    private void checkNowAndThen(EtcdStream stream) throws StoreException {
        long now = System.nanoTime();
        if (now - nextCheck >= 0) {
            nextCheck = now + connection.settings().timing().check().toNanos();
            stream.check(mirror.newest());
        }
    }
}

package io.erulb.store.etcd;

import io.erulb.store.KeyLayout;
import io.erulb.store.StoreException;
import io.erulb.store.etcd.WatchSignal.Answer;
import io.erulb.store.etcd.WatchSignal.Checked;
import io.erulb.store.etcd.WatchSignal.Ended;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One watch of jetcd's, for as long as it lives: the first error or end is its last signal, whatever jetcd does
 * afterwards. Filled by jetcd's threads, emptied by one.
 */
final class EtcdStream implements Watch.Listener, AutoCloseable {

    private static final int MAX_WAITING = 10_000;

    private final BlockingQueue<WatchSignal> signals = new LinkedBlockingQueue<>();
    private final EtcdConnection connection;
    private Watch.@Nullable Watcher watcher;

    private EtcdStream(EtcdConnection connection) {
        this.connection = connection;
    }

    /** Begins to watch all keys under the prefix, and the marker of a commit if we may, from a listing on. */
    static EtcdStream open(EtcdConnection connection, EtcdListing listing) throws StoreException {
        KeyLayout layout = connection.settings().layout();
        WatchOption option = WatchOption.builder()
                .withRange(EtcdReader.endOf(layout))
                .withRevision(listing.revision() + 1)
                .withProgressNotify(true)
                .withCreateNotify(true)
                .withRequireLeader(true)
                .build();
        EtcdStream stream = new EtcdStream(connection);
        ByteSequence first = listing.markerHidden() ? EtcdReader.bytes(layout.prefix()) : CommitMarker.key(layout);
        stream.watcher = connection.watches().watch(first, option, stream);
        return stream;
    }

    /** Returns the next signal, or null when none comes in time. */
    @Nullable
    WatchSignal next(long nanos) throws InterruptedException {
        return signals.poll(nanos, TimeUnit.NANOSECONDS);
    }

    /** Asks for a sign of life on the watch, and past it for anything newer than a revision. */
    void check(long newerThan) throws StoreException {
        if (watcher != null) {
            watcher.requestProgress();
        }
        KeyLayout layout = connection.settings().layout();
        GetOption option = GetOption.builder()
                .withRange(EtcdReader.endOf(layout))
                .withMinModRevision(newerThan + 1)
                .withLimit(1)
                .withKeysOnly(true)
                .build();
        CompletableFuture<Void> unused = connection
                .start(kv -> kv.get(EtcdReader.bytes(layout.prefix()), option))
                .thenAccept(found -> signals.add(new Checked(found)));
    }

    @Override
    public void onNext(WatchResponse response) {
        if (signals.size() < MAX_WAITING) {
            signals.add(new Answer(response));
        } else {
            signals.clear();
            onError(new IllegalStateException("more than " + MAX_WAITING + " answers wait to be told to a listener"));
        }
    }

    @Override
    public void onError(Throwable cause) {
        signals.add(new Ended(cause));
    }

    @Override
    public void onCompleted() {
        signals.add(new Ended(new IllegalStateException("the watch was ended")));
    }

    @Override
    public void close() {
        if (watcher != null) {
            watcher.close();
        }
    }
}

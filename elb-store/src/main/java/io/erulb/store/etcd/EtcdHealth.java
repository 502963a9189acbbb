package io.erulb.store.etcd;

import io.erulb.store.StoreStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What is known of how etcd is doing. Written by calls and watches, read by anyone; guarded by its own lock. */
final class EtcdHealth {

    private final String description;
    private final LongSupplier nanoClock;
    private boolean connected;
    private boolean contacted;
    private long lastContact;
    private int watches;
    private long revision;
    private @Nullable String error;
    private List<String> strayKeys = List.of();

    EtcdHealth(String description, LongSupplier nanoClock) {
        this.description = description;
        this.nanoClock = nanoClock;
    }

    /** A request was answered. While there are watches, only theirs count as signs of life. */
    synchronized void answered(long atRevision) {
        if (watches == 0) {
            alive(atRevision);
        }
        revision = Math.max(revision, atRevision);
    }

    /** Everything was read afresh, so that the revision may also have gone back: etcd was restored from a backup. */
    synchronized void listed(long atRevision, Collection<String> strays) {
        alive(atRevision);
        revision = atRevision;
        strays(strays);
    }

    /** A watch showed a sign of life. */
    synchronized void alive(long atRevision) {
        connected = true;
        error = null;
        contacted = true;
        lastContact = nanoClock.getAsLong();
        revision = Math.max(revision, atRevision);
    }

    /** Something didn't work out. */
    synchronized void failed(String reason) {
        connected = false;
        error = reason;
    }

    synchronized void strays(Collection<String> keys) {
        strayKeys = List.copyOf(keys);
    }

    synchronized void watchOpened() {
        watches++;
    }

    synchronized void watchClosed() {
        watches--;
    }

    synchronized StoreStatus status() {
        Duration age = contacted ? Duration.ofNanos(nanoClock.getAsLong() - lastContact) : null;
        return new StoreStatus(description, connected, age, revision, error, strayKeys);
    }
}

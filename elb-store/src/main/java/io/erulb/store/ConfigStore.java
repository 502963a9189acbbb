package io.erulb.store;

import java.util.List;

/** A place where configuration is kept. Safe for use by many threads. */
public interface ConfigStore extends AutoCloseable {

    /**
     * Reads everything at one revision, in bounded time.
     *
     * @throws StoreException when the store can't be read
     */
    StoredConfig load() throws StoreException;

    /**
     * Follows the store from now on and for ever: through outages it tries again. Returns at once; the listener is
     * called on a thread of the store's own, first with a snapshot.
     *
     * @return ends the watch when closed; a call of the listener may still be under way then
     * @throws IllegalStateException when the store is closed
     */
    AutoCloseable watch(StoreListener listener);

    /**
     * Writes all changes at one revision, or none of them, in bounded time. A change that finds its key as it asks for
     * is not written again, but guarded like the others.
     *
     * @param base what the changes were made from: each changed key must still be at its revision there
     * @param changes the changes; a key at most once, else {@link IllegalArgumentException}
     * @return the revision of the changes, those of a large commit made a little before it; that of the base when there are none
     * @throws StoreConflictException when changed keys were written by another meanwhile; nothing is written then
     * @throws StoreException when the store can't be written, with the reason
     */
    default long commit(StoredConfig base, List<StoredChange> changes) throws StoreException {
        return commit(base, changes, List.of());
    }

    /**
     * The same, and puts texts beside the configuration at the same moment; none when no change is written.
     *
     * @param along what to put, a few texts
     */
    long commit(StoredConfig base, List<StoredChange> changes, List<Annex.Put> along) throws StoreException;

    /**
     * A place for texts beside the configuration.
     *
     * @param name of letters, digits and dashes
     */
    Annex annex(String name);

    /** Returns how the store is doing; costs nothing and never blocks. */
    StoreStatus status();

    /** Ends all watches and gives everything back; a closed store throws {@link StoreException}. */
    @Override
    void close();
}

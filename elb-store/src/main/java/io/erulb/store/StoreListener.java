package io.erulb.store;

import java.util.List;

/**
 * Told what a store holds and what changes in it. Called by one thread at a time, in the order of the revisions; what
 * it throws is logged and changes nothing.
 */
public interface StoreListener {

    /**
     * What the store holds now: the first call, and a later one wherever changes may have been missed. Not repeated
     * when a look after a gap finds nothing written.
     */
    void snapshot(StoredConfig config);

    /**
     * All changes of one revision, which follow on what was told before.
     *
     * @param revision the revision, at which all of them were written
     * @param changes the changes, each key once
     */
    void changed(long revision, List<StoredChange> changes);

    /**
     * No more changes are at hand for the moment: after the last of those that came together, or of as many as came within
     * some 50 ms where they don't end. Who would rather do much at once than little often does it then.
     */
    default void settled() {}
}

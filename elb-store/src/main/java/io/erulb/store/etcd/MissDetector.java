package io.erulb.store.etcd;

/**
 * Decides from looks past a watch whether it keeps something back. A change may be under way while a look is taken, so
 * only the second look in a row that finds one, with nothing told in between, counts. For one thread.
 */
final class MissDetector {

    /**
     * What a look found.
     *
     * @param revision the revision at which it was taken
     * @param count how many keys there are
     * @param newest the revision of one of the keys that are newer than was told, 0 when there is none
     */
    record Look(long revision, long count, long newest) {}

    private boolean doubtful;

    /** The watch told something. */
    void told() {
        doubtful = false;
    }

    /**
     * Returns whether the watch keeps something back.
     *
     * @param toldRevision the newest revision that the watch told of
     * @param toldCount how many keys there are by what it told
     */
    boolean misses(Look look, long toldRevision, long toldCount) {
        if (look.revision() < toldRevision) {
            return false;
        }
        boolean differs = look.newest() > toldRevision || look.count() != toldCount;
        boolean again = differs && doubtful;
        doubtful = differs;
        return again;
    }
}

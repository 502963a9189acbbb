package io.erulb.upstream;

/**
 * A request that waits for room at a server, in its place among others. Told of room, and now and then besides, it says {@link
 * #looks} and picks; with an attempt it {@link #leave leaves}, else it waits on. Safe for use by many threads.
 */
public interface Waiting {
    /** Looks for room: what it was told of before is dealt with. To be said before it picks. */
    void looks();

    /** Waits no longer. Said again, it does nothing. */
    void leave();
}

package io.erulb.routing;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where configuration is kept, as far as an administrator's requests need it. The server bridges it to its store; an
 * embedder without one uses {@link #none()}. Safe for use by many threads.
 */
public interface ConfigSource {

    /**
     * Writes the configuration in force to the store, in one revision or not at all. Bounded in time.
     *
     * @param author who asks for it
     * @throws SourceException when nothing was written, with the reason
     */
    void dump(ChangeAuthor author) throws SourceException;

    /**
     * Writes a change to the store, in one revision or not at all, and puts it in force here. Bounded in time.
     *
     * @return the table in force with the change; null when the one before was not as expected, and nothing was written
     * @throws RoutingException with every fault of the change; nothing was written
     * @throws SourceException when nothing was written, with the reason
     */
    @Nullable
    RoutingTable write(StoreWrite write) throws SourceException;

    /**
     * What {@link #dump} would write now. Writes nothing, but takes in what the store has news of. Bounded in time.
     *
     * @return key to what would happen to it, in the order of the keys
     * @throws SourceException when the store can't be read, with the reason
     */
    SortedMap<String, Writing> plan() throws SourceException;

    /** What happens to a key of the store. */
    enum Writing {
        /** It gets a value. */
        PUT,
        /** It goes. */
        DELETE
    }

    /**
     * Tells of a change that was made in this instance's memory alone, so that the history has it soon. Returns at once.
     *
     * @param before the table that was in force
     * @param after the table that is in force since
     */
    void noted(RoutingTable before, RoutingTable after, ChangeAuthor author);

    /**
     * The changes that were made, newest first, without values.
     *
     * @throws SourceException when they can't be read, with the reason
     */
    List<PastChange> changes() throws SourceException;

    /**
     * One of them with its values; null when there is none of this name.
     *
     * @throws SourceException when it can't be read, with the reason
     */
    @Nullable
    PastChange change(String id) throws SourceException;

    /** How the store is doing. Cheap; does no I/O. */
    SourceStatus status();

    /** A source for routing that lives in memory alone: dumping is refused with a sentence that says so. */
    static ConfigSource none() {
        return NoConfigSource.INSTANCE;
    }
}

package io.erulb.routing;

/**
 * Where configuration is kept, as far as an administrator's requests need it. The server bridges it to its store; an
 * embedder without one uses {@link #none()}. Safe for use by many threads.
 */
public interface ConfigSource {

    /**
     * Writes the configuration in force to the store, in one revision or not at all. Bounded in time.
     *
     * @throws DumpException when nothing was written, with the reason
     */
    void dump() throws DumpException;

    /** How the store is doing. Cheap; does no I/O. */
    SourceStatus status();

    /** A source for routing that lives in memory alone: dumping is refused with a sentence that says so. */
    static ConfigSource none() {
        return NoConfigSource.INSTANCE;
    }
}

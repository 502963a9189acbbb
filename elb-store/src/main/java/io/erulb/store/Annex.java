package io.erulb.store;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place for texts beside the configuration, in the same store: {@code /$ELBNAME.NAME/} in etcd, the folder {@code DIR.NAME}
 * beside a folder. No watch of the configuration sees it. Safe for use by many threads.
 *
 * <p>Paths are a folder and a name, {@code changes/1f3}, of letters, digits, dots and dashes, none beginning with a dot;
 * other paths are an {@link IllegalArgumentException}.
 */
public interface Annex {

    /**
     * A text in an annex. Immutable.
     *
     * @param path its path
     * @param text the text; null when only names were asked for
     * @param written grows with time: the store's revision, or milliseconds, at which it was last written
     */
    record Entry(String path, @Nullable String text, long written) {}

    /**
     * A text to be put into an annex together with a commit. Immutable.
     *
     * @param annex the annex's name
     * @param path the text's path
     * @param text the text
     */
    record Put(String annex, String path, String text) {
        /** Checks the path. */
        public Put {
            requirePath(path);
        }
    }

    /**
     * The texts of a folder, oldest first.
     *
     * @throws StoreException when the store can't be read
     */
    List<Entry> list(String folder) throws StoreException;

    /**
     * The names in a folder, without the texts, oldest first.
     *
     * @throws StoreException when the store can't be read
     */
    List<Entry> names(String folder) throws StoreException;

    /**
     * The text at a path, null when there is none.
     *
     * @throws StoreException when the store can't be read
     */
    @Nullable
    String get(String path) throws StoreException;

    /**
     * Puts texts by path, each by itself: when it fails, some may be there.
     *
     * @throws StoreException when the store can't be written
     */
    void putAll(Map<String, String> texts) throws StoreException;

    /**
     * Puts a text unless there is one; tells whether it did.
     *
     * @throws StoreException when the store can't be written
     */
    boolean putIfAbsent(String path, String text) throws StoreException;

    /**
     * Deletes the texts that are there.
     *
     * @throws StoreException when the store can't be written
     */
    void deleteAll(Collection<String> paths) throws StoreException;

    /**
     * A text that goes by itself once nobody renews it: what it says of a process ends with the process. For one thread.
     */
    interface Lease extends AutoCloseable {

        /**
         * Puts the text, or another one in its place; it is renewed by that.
         *
         * @throws StoreException when the store can't be written
         */
        void put(String text) throws StoreException;

        /**
         * Keeps the text for another while, and puts it again if it is gone; does nothing before the first one.
         *
         * @throws StoreException when the store can't be written
         */
        void renew() throws StoreException;

        /**
         * Deletes the text.
         *
         * @throws StoreException when the store can't be written; the text goes later then
         */
        @Override
        void close() throws StoreException;
    }

    /**
     * A text that someone keeps. Immutable.
     *
     * @param path its path
     * @param text the text
     * @param age how long ago it was put or renewed, to a second or so
     */
    record Leased(String path, String text, Duration age) {}

    /**
     * Returns a lease on a path, without a text yet.
     *
     * @param lifetime how long the text stays after it was put or renewed, at least 2 s
     */
    Lease lease(String path, Duration lifetime);

    /**
     * The texts of a folder that are kept by leases, all of the same lifetime; in the order of their paths.
     *
     * @throws StoreException when the store can't be read
     */
    List<Leased> leased(String folder, Duration lifetime) throws StoreException;

    /** Throws {@link IllegalArgumentException} unless this is a folder and a name. */
    static void requirePath(String path) {
        if (!path.matches("[A-Za-z0-9-][A-Za-z0-9.-]*/[A-Za-z0-9-][A-Za-z0-9.-]*")) {
            throw new IllegalArgumentException("path in an annex: \"" + path + "\" (expected: FOLDER/NAME)");
        }
    }
}

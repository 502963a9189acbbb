package io.erulb.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The last changes of a configuration: who made them, when and why, and each value before and after. Kept in the store
 * itself, in the annex {@code history}, where etcd's compaction does not reach. Safe for use by many threads and
 * instances.
 *
 * <p>Each value is kept once, under its digest ({@code texts/DIGEST}), whatever number of changes has it; a change
 * ({@code changes/ID}) refers to them. Values are written before the change that refers to them, so that a change is
 * whole or not there.
 */
public final class ChangeHistory {
    static final String CHANGES = "changes";
    private static final String TEXTS = "texts";

    /** The annex that a store's history is in. */
    private static final String ANNEX = "history";

    private static final int ID_RADIX = 36;
    private static final int RANDOM_PART = 36 * 36 * 36 * 36;

    private final Annex annex;
    private final Clock clock;
    private final HistoryPruning pruning;

    /**
     * The history of a store.
     *
     * @param most how many changes are kept, at least 1, and as many of those {@link WatchedChanges seen from outside};
     *     with them the values they refer to; fewer of either where these have more than 64 MiB
     */
    public ChangeHistory(ConfigStore store, int most, Clock clock) {
        if (most < 1) {
            throw new IllegalArgumentException("changes to keep: " + most + " (expected: at least 1)");
        }
        this.annex = store.annex(ANNEX);
        this.clock = clock;
        this.pruning = new HistoryPruning(annex, most, clock);
    }

    /**
     * Who makes a change and why. Immutable.
     *
     * @param by who, in a word
     * @param message why, in a line; may be empty
     * @param stored whether the store itself was changed, rather than one instance's memory
     */
    public record Note(String by, String message, boolean stored) {
        /** Makes lines of what is more than one. */
        public Note {
            by = oneLine(by);
            message = oneLine(message);
        }

        private static String oneLine(String text) {
            return text.replaceAll("[\\p{Cntrl}]+", " ").strip();
        }
    }

    /**
     * What became of one value. Immutable.
     *
     * @param key its key
     * @param before what it was, null when it was not there
     * @param after what it is, null when it went
     */
    public record Edit(
            ConfigKey key,
            @Nullable String before,
            @Nullable String after) {}

    /**
     * A change without its values. Immutable.
     *
     * @param id its name in this history
     * @param at when it was made
     * @param note who made it and why
     * @param keys the keys it changed, in order
     */
    public record Summary(String id, Instant at, Note note, List<ConfigKey> keys) {}

    /**
     * A change with its values. Immutable.
     *
     * @param summary the same without them
     * @param edits what it did to each key, in the order of the keys
     */
    public record Change(Summary summary, List<Edit> edits) {}

    /**
     * Gets a change ready to be made: writes its values, and returns what is to be put along with the commit that makes it.
     *
     * @throws StoreException when the values can't be written
     */
    public Annex.Put prepare(Note note, List<Edit> edits) throws StoreException {
        ChangeRecord change = write(note, edits);
        return new Annex.Put(ANNEX, CHANGES + '/' + newId(change.at()), inline(change));
    }

    /**
     * Adds a change that was made already.
     *
     * @param id its name, the same for every instance that may add it; null for a new one
     * @return whether it was added, rather than there already
     * @throws StoreException when it can't be written
     */
    public boolean add(@Nullable String id, Note note, List<Edit> edits) throws StoreException {
        ChangeRecord change = write(note, edits);
        return annex.putIfAbsent(CHANGES + '/' + (id == null ? newId(change.at()) : id), inline(change));
    }

    /**
     * The changes, newest first.
     *
     * @throws StoreException when they can't be read
     */
    public List<Summary> list() throws StoreException {
        List<Summary> summaries = new ArrayList<>();
        for (Annex.Entry entry : annex.list(CHANGES)) {
            ChangeRecord change = read(String.valueOf(entry.text()));
            if (change != null) {
                summaries.add(change.summary(name(entry)));
            }
        }
        Collections.reverse(summaries);
        return summaries;
    }

    /**
     * A change with its values; null when there is none of this name.
     *
     * @throws StoreException when it can't be read, or one of its values is gone
     */
    public @Nullable Change find(String id) throws StoreException {
        String path = CHANGES + '/' + id;
        if (!isPath(path)) {
            return null;
        }
        ChangeRecord change = record(path);
        if (change == null) {
            return null;
        }
        List<Edit> edits = new ArrayList<>();
        for (ChangeRecord.Line line : change.lines()) {
            edits.add(new Edit(line.key(), value(line.before()), value(line.after())));
        }
        return new Change(change.summary(id), List.copyOf(edits));
    }

    /**
     * Forgets the oldest changes beyond those to be kept, and, a minute after it found that nothing refers to them, values:
     * they might belong to a change that is being made.
     *
     * @throws StoreException when the store can't be read or written; trying again does no harm
     */
    public void prune() throws StoreException {
        List<Annex.Entry> kept = pruning.forgetChanges(annex.list(CHANGES));
        Set<String> used = new HashSet<>();
        for (Annex.Entry entry : kept) {
            used.addAll(ChangeRecord.digestsIn(String.valueOf(entry.text())));
            ChangeRecord change = read(String.valueOf(entry.text()));
            if (change != null) {
                change.lines().forEach(line -> line.addDigests(used));
            }
        }
        pruning.forgetTexts(annex.names(TEXTS), used);
    }

    /** The changes that are there, oldest first, without their texts. */
    List<Annex.Entry> names() throws StoreException {
        return annex.names(CHANGES);
    }

    /** The record at a path; null when there is none. */
    @Nullable
    ChangeRecord record(String path) throws StoreException {
        String text = annex.get(path);
        return text == null ? null : read(text);
    }

    private ChangeRecord write(Note note, List<Edit> edits) throws StoreException {
        Map<String, String> texts = new LinkedHashMap<>();
        ChangeRecord change = ChangeRecord.of(clock.instant(), note, edits, texts);
        putTexts(texts);
        return change;
    }

    /** The record itself, or where it is when it is long: a commit it goes along with has a limit. */
    private String inline(ChangeRecord change) throws StoreException {
        String text = change.format();
        if (text.length() <= ChangeRecord.MOST_INLINE) {
            return text;
        }
        String digest = ChangeRecord.digest(text);
        putTexts(Map.of(digest, text));
        return change.reference(digest);
    }

    private void putTexts(Map<String, String> byDigest) throws StoreException {
        Map<String, String> byPath = new LinkedHashMap<>();
        byDigest.forEach((digest, text) -> byPath.put(TEXTS + '/' + digest, text));
        annex.putAll(byPath);
    }

    /** Null for what is none, which someone else has put there. */
    private @Nullable ChangeRecord read(String text) throws StoreException {
        String referred = ChangeRecord.referredBy(text);
        return ChangeRecord.parse(referred == null ? text : String.valueOf(value(referred)));
    }

    private @Nullable String value(@Nullable String digest) throws StoreException {
        if (digest == null) {
            return null;
        }
        String text = annex.get(TEXTS + '/' + digest);
        if (text == null) {
            throw new StoreException("the history has lost the value " + digest);
        }
        return text;
    }

    private static String newId(Instant at) {
        int random = ThreadLocalRandom.current().nextInt(RANDOM_PART);
        return Long.toString(at.toEpochMilli(), ID_RADIX) + '-' + Integer.toString(random, ID_RADIX);
    }

    /** The name of a change in its path. */
    static String name(Annex.Entry entry) {
        return entry.path().substring(entry.path().indexOf('/') + 1);
    }

    private static boolean isPath(String path) {
        try {
            Annex.requirePath(path);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}

package io.erulb.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Keeps a history small: few changes, and the values they refer to. Safe for use by many threads. */
final class HistoryPruning {
    /** Much longer than it takes from the writing of a change's values to that of the change. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** Of values, so that the history of large documents does not fill the store. */
    private static final long MOST_BYTES = 64L << 20;

    private final Annex annex;
    private final int most;
    private final Clock clock;

    /** Texts that nothing refers to, with the time they were found so; one that was written again is another. */
    private Map<Annex.Entry, Instant> unused = new HashMap<>();

    /** @param most how many changes are kept of those made through ELB, and of those seen from outside */
    HistoryPruning(Annex annex, int most, Clock clock) {
        this.annex = annex;
        this.most = most;
        this.clock = clock;
    }

    /**
     * Deletes the oldest changes that are too many, and returns the others.
     *
     * @param changes oldest first
     */
    List<Annex.Entry> forgetChanges(List<Annex.Entry> changes) throws StoreException {
        Set<Annex.Entry> old = new HashSet<>();
        old.addAll(tooMany(changes, entry -> !WatchedChanges.isWatched(ChangeHistory.name(entry))));
        old.addAll(tooMany(changes, entry -> WatchedChanges.isWatched(ChangeHistory.name(entry))));
        annex.deleteAll(old.stream().map(Annex.Entry::path).toList());
        return changes.stream().filter(entry -> !old.contains(entry)).toList();
    }

    private List<Annex.Entry> tooMany(List<Annex.Entry> changes, Predicate<Annex.Entry> kind) {
        List<Annex.Entry> ofKind = changes.stream().filter(kind).toList();
        int kept = 0;
        long bytes = 0;
        for (int i = ofKind.size() - 1; i >= 0; i--) {
            bytes += ChangeRecord.bytesOf(String.valueOf(ofKind.get(i).text()));
            if (kept == most || (kept > 0 && bytes > MOST_BYTES)) {
                break;
            }
            kept++;
        }
        return ofKind.subList(0, ofKind.size() - kept);
    }

    /**
     * Deletes texts that were unused for the grace.
     *
     * @param texts all that are there, without what they say
     * @param used the names of those that changes refer to
     */
    synchronized void forgetTexts(List<Annex.Entry> texts, Set<String> used) throws StoreException {
        Instant now = clock.instant();
        Map<Annex.Entry, Instant> stillUnused = new HashMap<>();
        List<String> over = new ArrayList<>();
        for (Annex.Entry text : texts) {
            if (!used.contains(ChangeHistory.name(text))) {
                Instant since = unused.getOrDefault(text, now);
                if (since.plus(GRACE).isAfter(now)) {
                    stillUnused.put(text, since);
                } else {
                    over.add(text.path());
                }
            }
        }
        unused = stillUnused;
        annex.deleteAll(over);
    }
}

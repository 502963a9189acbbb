package io.erulb.store;

import io.erulb.store.ChangeHistory.Edit;
import io.erulb.store.ChangeHistory.Note;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is written to a store past ELB, as by etcdctl, kept in its history by who watches the store. One instance of many
 * should do that; where two do, changes that both saw are kept once. Safe for use by many threads.
 *
 * <p>Changes made through ELB stand in the history from the moment they are made, at the very revision. So what is seen at a
 * revision that the history has a change of is no news where that says the same. By example: the history has a change
 * written at revision 9, {@code a} from 1 to 2. Seen from 7 to 10 are {@code a} from 1 to 2 and {@code b} from 5 to 6: only
 * {@code b} is added.
 */
public final class WatchedChanges {
    private static final String PREFIX = "w-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{1,18})-[0-9a-f]+");
    private static final String BY = "watch";
    private static final int HASH_LENGTH = 8;

    private final ChangeHistory history;

    /** Adds to a history. */
    public WatchedChanges(ChangeHistory history) {
        this.history = history;
    }

    /**
     * What was seen to change between two revisions. Immutable.
     *
     * @param after the revision before, not included
     * @param until the last revision, included
     * @param edits what became of each key between them
     */
    public record Seen(long after, long until, List<Edit> edits) {

        /** Copies the edits. */
        public Seen {
            edits = List.copyOf(edits);
        }

        /** Both as one: what became of each key from the first to the second; nothing, if it came back. */
        public Seen then(Seen next) {
            Map<ConfigKey, Edit> all = new LinkedHashMap<>();
            edits.forEach(edit -> all.put(edit.key(), edit));
            for (Edit edit : next.edits) {
                all.merge(edit.key(), edit, (first, last) -> new Edit(first.key(), first.before(), last.after()));
            }
            all.values().removeIf(edit -> Objects.equals(edit.before(), edit.after()));
            return new Seen(after, next.until, List.copyOf(all.values()));
        }
    }

    /**
     * Adds what the history does not have yet.
     *
     * @param seen oldest first
     * @return how many changes were added
     * @throws StoreException when the store can't be read or written; trying again adds nothing twice
     */
    public int add(List<Seen> seen) throws StoreException {
        List<Annex.Entry> there = history.names();
        long newest = there.stream()
                .mapToLong(entry -> revision(ChangeHistory.name(entry)))
                .max()
                .orElse(0);
        int added = 0;
        for (Seen each : seen) {
            // What is older was left out then, or added by another instance.
            if (each.until() > newest && add(each, there)) {
                added++;
            }
        }
        return added;
    }

    private boolean add(Seen seen, List<Annex.Entry> there) throws StoreException {
        List<Edit> edits = new ArrayList<>(seen.edits());
        for (Annex.Entry entry : there) {
            if (entry.written() > seen.after()
                    && entry.written() <= seen.until()
                    && !isWatched(ChangeHistory.name(entry))) {
                ChangeRecord change = history.record(entry.path());
                edits.removeIf(edit -> change != null && change.note().stored() && change.tells(edit));
            }
        }
        Note note = new Note(BY, message(seen), true);
        return !edits.isEmpty() && history.add(name(seen, edits), note, edits);
    }

    private static String message(Seen seen) {
        return seen.after() + 1 >= seen.until()
                ? "seen in the store at revision " + seen.until()
                : "seen in the store from revision " + (seen.after() + 1) + " to " + seen.until();
    }

    /** The same for all who saw the same. */
    private static String name(Seen seen, List<Edit> edits) {
        StringBuilder text = new StringBuilder();
        edits.forEach(edit -> text.append(edit).append('\n'));
        String hash = Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8), 0);
        return PREFIX + seen.until() + '-' + hash.substring(0, HASH_LENGTH);
    }

    /** Whether a change of this name was seen from outside. */
    static boolean isWatched(String name) {
        return name.startsWith(PREFIX);
    }

    private static long revision(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }
}

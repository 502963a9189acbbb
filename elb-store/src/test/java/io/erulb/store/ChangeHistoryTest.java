package io.erulb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.store.ChangeHistory.Change;
import io.erulb.store.ChangeHistory.Edit;
import io.erulb.store.ChangeHistory.Note;
import io.erulb.store.ChangeHistory.Summary;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.StoredChange.Put;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that can be looked at, and taken back, long after they were made. */
class ChangeHistoryTest {
    private static final Instant NOW = Instant.parse("2026-11-26T16:00:00Z");
    private static final DomainKey BLOG = new DomainKey("blog.local");
    private static final ServerKey SERVER = new ServerKey("an upstream", "[::1]:80");
    private static final Note NOTE = new Note("admin", "more weight", true);

    private Instant now = NOW;
    private final MemoryStore store = new MemoryStore();
    private final ChangeHistory history = history(100);

    private ChangeHistory history(int most) {
        return new ChangeHistory(store, most, new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        });
    }

    @Test
    void givesBackEachValueBeforeAndAfter() throws StoreException {
        List<Edit> edits =
                List.of(new Edit(BLOG, "{\n}\n", "é \"\" -"), new Edit(SERVER, null, ""), new Edit(key(1), "x", null));

        history.add("r7", NOTE, edits);

        Change change = Objects.requireNonNull(history.find("r7"));
        assertThat(change.edits()).containsExactlyInAnyOrderElementsOf(edits);
        assertThat(change.summary()).isEqualTo(new Summary("r7", NOW, NOTE, List.of(BLOG, key(1), SERVER)));
        assertThat(history.list()).containsExactly(change.summary());
    }

    @Test
    void listsTheNewestFirst() throws StoreException {
        for (int i = 0; i < 5; i++) {
            history.add("r" + i, new Note("watch", "" + i, true), List.of(new Edit(BLOG, "" + i, "" + (i + 1))));
        }

        assertThat(history.list()).extracting(Summary::id).containsExactly("r4", "r3", "r2", "r1", "r0");
    }

    @Test
    void hasAChangeThatIsMadeTogetherWithIt() throws StoreException {
        Annex.Put along = history.prepare(NOTE, List.of(new Edit(BLOG, null, "1")));
        assertThat(history.list()).isEmpty();

        store.commit(store.load(), List.of(new Put(BLOG, "1")), List.of(along));

        assertThat(history.list()).hasSize(1);
        assertThat(edits(history.list().get(0).id())).containsExactly(new Edit(BLOG, null, "1"));
    }

    @Test
    void addsAChangeOnceThoughSeveralInstancesTry() throws StoreException {
        assertThat(history.add("r7", NOTE, List.of(new Edit(BLOG, "1", "2")))).isTrue();
        assertThat(history(100).add("r7", NOTE, List.of(new Edit(BLOG, "1", "2"))))
                .isFalse();

        assertThat(history.list()).hasSize(1);
    }

    @Test
    void givesNewNamesToChangesOfTheSameMoment() throws StoreException {
        for (int i = 0; i < 20; i++) {
            history.add(null, NOTE, List.of(new Edit(BLOG, null, "" + i)));
        }

        assertThat(history.list())
                .extracting(Summary::id)
                .doesNotHaveDuplicates()
                .hasSize(20);
    }

    @Test
    void keepsAValueOnce() throws StoreException {
        history.add("r1", NOTE, List.of(new Edit(BLOG, "a", "b")));
        history.add("r2", NOTE, List.of(new Edit(BLOG, "b", "a"), new Edit(key(1), null, "a")));

        assertThat(store.annex("history").names("texts")).hasSize(2);
    }

    @Test
    void keepsAChangeOfThousandsOfKeys() throws StoreException {
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            edits.add(new Edit(key(i), null, "value " + i));
        }

        Annex.Put along = history.prepare(NOTE, edits);

        assertThat(along.text()).hasSizeLessThan(100);
        store.annex("history").putAll(Map.of(along.path(), along.text()));
        String id = history.list().get(0).id();
        assertThat(edits(id)).containsExactlyInAnyOrderElementsOf(edits);
    }

    @Test
    void forgetsTheOldestAndTheirValuesAlone() throws StoreException {
        ChangeHistory small = history(3);
        for (int i = 0; i < 10; i++) {
            small.add("r" + i, NOTE, List.of(new Edit(BLOG, "" + i, "" + (i + 1)), new Edit(key(1), null, "always")));
        }
        List<Edit> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(new Edit(key(i), null, "m" + i));
        }
        small.add("r10", NOTE, many);

        small.prune();
        assertThat(store.annex("history").list("texts"))
                .extracting(Annex.Entry::text)
                .contains("0");
        now = NOW.plusSeconds(60);
        small.prune();

        assertThat(small.list()).extracting(Summary::id).containsExactly("r10", "r9", "r8");
        assertThat(edits("r8")).contains(new Edit(BLOG, "8", "9"), new Edit(key(1), null, "always"));
        assertThat(edits("r10")).hasSize(1_000);
        assertThat(store.annex("history").list("texts"))
                .extracting(Annex.Entry::text)
                .contains("8", "9", "10", "always", "m0")
                .doesNotContain("0", "7");
    }

    @Test
    void keepsFewerChangesOfLargeValues() throws StoreException {
        String large = "x".repeat(20_000_000);
        for (int i = 0; i < 5; i++) {
            history.add("r" + i, NOTE, List.of(new Edit(BLOG, null, large + i)));
        }
        List<Edit> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(new Edit(key(i), null, "m" + i));
        }
        history.add("r5", NOTE, many);

        history.prune();

        assertThat(history.list()).extracting(Summary::id).containsExactly("r5", "r4", "r3", "r2");
        history.add("r6", NOTE, List.of(new Edit(BLOG, null, large + large + large + large)));
        history.prune();
        assertThat(history.list()).extracting(Summary::id).containsExactly("r6");
    }

    @Test
    void keepsTheValuesOfAChangeThatIsBeingMade() throws StoreException {
        ChangeHistory small = history(1);
        small.add("r1", NOTE, List.of(new Edit(BLOG, "old", "1")));
        small.add("r2", NOTE, List.of(new Edit(BLOG, "1", "2")));
        small.prune();
        now = NOW.plusSeconds(60);
        Annex.Put along = small.prepare(NOTE, List.of(new Edit(BLOG, "old", "3")));

        small.prune();

        store.commit(store.load(), List.of(new Put(BLOG, "3")), List.of(along));
        assertThat(edits(small.list().get(0).id())).containsExactly(new Edit(BLOG, "old", "3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "", "a/b", "..", "r 1"})
    void knowsNoChangeOfAnotherName(String id) throws StoreException {
        assertThat(history.find(id)).isNull();
    }

    @Test
    void looksPastWhatOthersPutBesideItsChanges() throws StoreException {
        history.add("r1", NOTE, List.of(new Edit(BLOG, null, "1")));
        store.annex("history").putAll(Map.of("changes/x", "hello", "changes/y", "elb-change 1\nat noon\n\n\n\n\n"));

        assertThat(history.list()).extracting(Summary::id).containsExactly("r1");
        assertThat(history.find("x")).isNull();
    }

    @Test
    void saysWhenAValueIsLost() throws StoreException {
        history.add("r1", NOTE, List.of(new Edit(BLOG, null, "1")));
        Annex annex = store.annex("history");
        annex.deleteAll(annex.names("texts").stream().map(Annex.Entry::path).toList());

        assertThatThrownBy(() -> history.find("r1")).hasMessageContaining("lost the value");
    }

    @Test
    void makesALineOfAMessage() throws StoreException {
        history.add("r1", new Note("a\nb", " two\r\nlines\t", false), List.of(new Edit(BLOG, null, "1")));

        assertThat(history.list().get(0).note()).isEqualTo(new Note("a b", "two lines", false));
    }

    private List<Edit> edits(String id) throws StoreException {
        return Objects.requireNonNull(history.find(id)).edits();
    }

    private static ConfigKey key(int number) {
        return new DomainKey("d" + number);
    }
}

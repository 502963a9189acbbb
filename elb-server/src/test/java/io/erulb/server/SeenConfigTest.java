package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredChange.Delete;
import io.erulb.store.StoredChange.Put;
import io.erulb.store.StoredConfig;
import io.erulb.store.StoredValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeenConfigTest {
    private static final ConfigKey A = new DomainKey("a");
    private static final ConfigKey B = new DomainKey("b");

    private final SeenConfig seen = new SeenConfig();

    @Test
    void theFirstLookIsAllNews() {
        List<StoredChange> news =
                seen.take(config(7, Map.of(A, value("1", 3), B, value("2", 7)))).changes();

        assertThat(news).containsExactly(new Put(A, "1"), new Put(B, "2"));
    }

    @Test
    void aSecondLookTellsWhatCameAndWent() {
        seen.take(config(7, Map.of(A, value("1", 3))));

        List<StoredChange> news = seen.take(config(9, Map.of(B, value("2", 9)))).changes();

        assertThat(news).containsExactly(new Delete(A), new Put(B, "2"));
    }

    @Test
    void aLookThatShowsNothingNewIsNoNews() {
        seen.take(config(7, Map.of(A, value("1", 3))));

        assertThat(seen.take(config(9, Map.of(A, value("1", 3)))).changes()).isEmpty();
    }

    @Test
    void aValueWrittenAnewIsNewsThoughItSaysTheSame() {
        seen.take(config(7, Map.of(A, value("1", 3))));

        assertThat(seen.take(config(9, Map.of(A, value("1", 9)))).changes()).containsExactly(new Put(A, "1"));
    }

    @Test
    void anEventThatALookAlreadyShowedIsNoNews() {
        seen.take(config(7, Map.of(A, value("1", 7))));

        assertThat(seen.take(7, List.of(new Put(A, "1"))).changes()).isEmpty();
        assertThat(seen.take(8, List.of(new Delete(A))).changes()).containsExactly(new Delete(A));
    }

    @Test
    void ourOwnWriteIsNoNewsWhileAnothersBeforeItIs() {
        seen.take(config(7, Map.of(A, value("1", 3))));
        seen.wrote(9, List.of(new Put(A, "ours")));

        assertThat(seen.take(8, List.of(new Put(B, "theirs"))).changes()).containsExactly(new Put(B, "theirs"));
        assertThat(seen.take(9, List.of(new Put(A, "ours"))).changes()).isEmpty();
        assertThat(seen.take(10, List.of(new Put(A, "theirs"))).changes()).containsExactly(new Put(A, "theirs"));
    }

    @Test
    void aLookFromBeforeOurOwnWriteDoesNotUndoIt() {
        seen.take(config(7, Map.of(A, value("1", 3))));
        seen.wrote(9, List.of(new Delete(A), new Put(B, "ours")));

        assertThat(seen.take(config(8, Map.of(A, value("1", 3)))).changes()).isEmpty();
        assertThat(seen.take(config(9, Map.of(B, value("ours", 9)))).changes()).isEmpty();
    }

    @Test
    void aStoreThatLostItsPastIsReadAnew() {
        seen.take(config(700, Map.of(A, value("1", 300))));
        StoredConfig restored = config(5, Map.of(B, value("2", 5)));

        assertThat(seen.isNewerThan(restored)).isTrue();
        assertThat(seen.take(restored).changes()).containsExactly(new Delete(A), new Put(B, "2"));
        assertThat(seen.take(6, List.of(new Put(A, "3"))).changes()).containsExactly(new Put(A, "3"));
    }

    @Test
    void aLargeCommitOfOursIsNoNewsThoughItsKeysWereWrittenBeforeItsRevision() {
        seen.take(config(7, Map.of(A, value("1", 3))));
        seen.wrote(12, List.of(new Put(A, "ours"), new Put(B, "ours")));
        StoredConfig written = config(12, Map.of(A, value("ours", 10), B, value("ours", 11)));

        assertThat(seen.take(written).changes()).isEmpty();
        assertThat(seen.take(written).changes()).isEmpty();
        assertThat(seen.take(13, List.of(new Put(A, "theirs"))).changes()).containsExactly(new Put(A, "theirs"));
    }

    @Test
    void whatAnotherWroteAmidALargeCommitOfOursIsNews() {
        seen.take(config(7, Map.of(A, value("1", 3), B, value("2", 3))));
        seen.wrote(12, List.of(new Put(A, "ours"), new Put(B, "ours")));

        assertThat(seen.take(config(12, Map.of(B, value("theirs", 11)))).changes())
                .containsExactly(new Delete(A), new Put(B, "theirs"));
    }

    private static StoredConfig config(long revision, Map<ConfigKey, StoredValue> entries) {
        return new StoredConfig(revision, entries);
    }

    private static StoredValue value(String text, long revision) {
        return new StoredValue(text, revision);
    }
}

package io.erulb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.StoredChange.Put;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the annexes of every store promise. */
abstract class AnnexContract {

    protected static final ConfigKey BLOG = new DomainKey("blog.local");
    protected static final ConfigKey SHOP = new DomainKey("shop.local:8080");

    private static final Duration LIFETIME = Duration.ofSeconds(60);

    private ConfigStore store;

    /** Opens the store under test, on empty ground of its own for each test. */
    protected abstract ConfigStore open() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    protected final ConfigStore store() {
        return store;
    }

    @Test
    void keepsTextsBesideTheConfiguration() throws Exception {
        Annex annex = store.annex("history");
        annex.putAll(Map.of("texts/a", "1\n", "texts/b", "é", "changes/x.y-1", ""));

        assertThat(annex.get("texts/b")).isEqualTo("é");
        assertThat(annex.get("texts/c")).isNull();
        assertThat(annex.list("texts"))
                .extracting(Annex.Entry::path, Annex.Entry::text)
                .containsExactlyInAnyOrder(tuple("texts/a", "1\n"), tuple("texts/b", "é"));
        assertThat(annex.names("changes"))
                .extracting(Annex.Entry::path, Annex.Entry::text)
                .containsExactly(tuple("changes/x.y-1", null));
        assertThat(store.annex("fleet").list("texts")).isEmpty();
        assertThat(store.load().entries()).isEmpty();
        assertThat(store.status().strayKeys()).isEmpty();
    }

    @Test
    void listsTextsInTheOrderTheyWereWritten() throws Exception {
        Annex annex = store.annex("history");
        for (String name : List.of("c", "a", "b")) {
            annex.putAll(Map.of("texts/" + name, name));
            awaitNextMillisecond();
        }
        annex.putAll(Map.of("texts/c", "again"));

        assertThat(annex.list("texts")).extracting(Annex.Entry::path).containsExactly("texts/a", "texts/b", "texts/c");
        assertThat(annex.names("texts")).extracting(Annex.Entry::written).isSorted();
    }

    @Test
    void putsATextOnlyWhereThereIsNone() throws Exception {
        Annex annex = store.annex("history");

        assertThat(annex.putIfAbsent("texts/a", "1")).isTrue();
        assertThat(annex.putIfAbsent("texts/a", "2")).isFalse();

        assertThat(annex.get("texts/a")).isEqualTo("1");
    }

    @Test
    void deletesTexts() throws Exception {
        Annex annex = store.annex("history");
        annex.putAll(Map.of("texts/a", "1", "texts/b", "2"));

        annex.deleteAll(List.of("texts/a", "texts/nope"));

        assertThat(annex.list("texts")).extracting(Annex.Entry::path).containsExactly("texts/b");
    }

    @Test
    void keepsManyTexts() throws Exception {
        Annex annex = store.annex("history");
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 1_200; i++) {
            many.put("texts/" + i, "x".repeat(2_000) + i);
        }

        annex.putAll(many);

        assertThat(annex.list("texts")).hasSize(1_200);
        annex.deleteAll(many.keySet());
        assertThat(annex.names("texts")).isEmpty();
    }

    @Test
    void putsTextsAlongWithACommitAndOnlyWithOneThatWrites() throws Exception {
        StoredConfig base = store.load();
        StoredConfig now = committed(new Put(SHOP, "theirs"));

        store.commit(base, List.of(new Put(BLOG, "1")), List.of(new Annex.Put("history", "changes/1", "first")));
        assertThatThrownBy(() -> store.commit(
                        base, List.of(new Put(SHOP, "ours")), List.of(new Annex.Put("history", "changes/2", "lost"))))
                .isInstanceOf(StoreConflictException.class);
        store.commit(now, List.of(new Put(SHOP, "theirs")), List.of(new Annex.Put("history", "changes/3", "same")));

        assertThat(store.annex("history").list("changes"))
                .extracting(Annex.Entry::text)
                .containsExactly("first");
    }

    @Test
    void putsTextsAlongWithALargeCommit() throws Exception {
        List<StoredChange> changes = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            changes.add(new Put(new DomainKey("d" + i), "" + i));
        }

        store.commit(store.load(), changes, List.of(new Annex.Put("history", "changes/1", "all")));

        assertThat(store.load().entries()).hasSize(4_000);
        assertThat(store.annex("history").get("changes/1")).isEqualTo("all");
    }

    @Test
    void keepsATextOnALeaseUntilThatIsClosed() throws Exception {
        Annex annex = store.annex("fleet");
        try (Annex.Lease lease = annex.lease("instances/a", LIFETIME)) {
            lease.renew();
            assertThat(annex.leased("instances", LIFETIME)).isEmpty();

            lease.put("1");
            lease.put("2");
            lease.renew();

            assertThat(annex.leased("instances", LIFETIME)).singleElement().satisfies(leased -> {
                assertThat(leased.path()).isEqualTo("instances/a");
                assertThat(leased.text()).isEqualTo("2");
                assertThat(leased.age()).isBetween(Duration.ZERO, LIFETIME.dividedBy(2));
            });
        }
        assertThat(annex.leased("instances", LIFETIME)).isEmpty();
    }

    @Test
    void listsAllThatIsLeasedByPath() throws Exception {
        Annex annex = store.annex("fleet");
        try (Annex.Lease b = annex.lease("instances/b", LIFETIME);
                Annex.Lease a = annex.lease("instances/a", LIFETIME)) {
            b.put("of b");
            a.put("of a");

            assertThat(annex.leased("instances", LIFETIME))
                    .extracting(Annex.Leased::text)
                    .containsExactly("of a", "of b");
        }
    }

    @Test
    void refusesPathsThatAreNone() {
        Annex annex = store.annex("history");

        for (String path : List.of("", "a", "a/", "/a", "a/b/c", "../a", "a/..", "a/.b", "a/b c")) {
            assertThatThrownBy(() -> annex.putAll(Map.of(path, "")))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Commits on what is there now. */
    protected final StoredConfig committed(StoredChange... changes) throws Exception {
        store.commit(store.load(), List.of(changes));
        return store.load();
    }

    /** A folder's clock has milliseconds. */
    private static void awaitNextMillisecond() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() == now) {
            Thread.onSpinWait();
        }
    }
}

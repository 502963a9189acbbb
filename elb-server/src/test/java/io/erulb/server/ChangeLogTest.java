package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.routing.ChangeAuthor;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.PastChange;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.routing.RoutingOptions;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.StoreWrite;
import io.erulb.store.ChangeHistory;
import io.erulb.store.FileStore;
import io.erulb.store.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is changed from here is in the history, and can be taken back from there. */
@Timeout(30)
class ChangeLogTest {
    private static final String TO_UP1 = toBackend("127.0.0.1:81");
    private static final String TO_UP2 = toBackend("127.0.0.1:82");
    private static final ChangeAuthor AUTHOR = new ChangeAuthor("admin", "because");

    private final MemoryStore store = new MemoryStore();
    private final LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());
    private final ConfigSync sync = new ConfigSync(store, routing, null);
    private final ChangeLog log = new ChangeLog(new ChangeHistory(store, 150, Clock.systemUTC()));
    private final StoreSource source = new StoreSource(routing, sync, log);

    @BeforeEach
    void look() throws Exception {
        sync.snapshot(store.load());
    }

    @AfterEach
    void close() {
        log.close();
        store.close();
        routing.close();
    }

    @Test
    void hasAWriteToTheStore() throws Exception {
        write(change().putDomain("t.local", TO_UP1).putUpstream("up1", Map.of("127.0.0.1:81", "weight=2")));

        PastChange change = only();
        assertThat(change.author()).isEqualTo(AUTHOR);
        assertThat(change.stored()).isTrue();
        assertThat(change.edits())
                .containsExactly(
                        new PastChange.Edit(Kind.DOMAIN, "t.local", null, null, TO_UP1),
                        new PastChange.Edit(Kind.UPSTREAM, "up1", "127.0.0.1:81", null, "weight=2"));
    }

    @Test
    void hasADump() throws Exception {
        write(change().putDomain("t.local", TO_UP1).putDomain("old.local", TO_UP1));
        routing.apply(
                change().putDomain("t.local", TO_UP2).removeDomain("old.local").build());

        source.dump(new ChangeAuthor("admin", "dump"));

        assertThat(newest().edits())
                .containsExactly(
                        new PastChange.Edit(Kind.DOMAIN, "old.local", null, TO_UP1, null),
                        new PastChange.Edit(Kind.DOMAIN, "t.local", null, TO_UP1, TO_UP2));
    }

    @Test
    void hasNothingOfADumpThatWroteNothing() throws Exception {
        source.dump(AUTHOR);

        assertThat(source.changes()).isEmpty();
    }

    @Test
    void hasAChangeOfMemorySoon() throws Exception {
        RoutingTable before = routing.current();
        RoutingTable after = routing.apply(change().putDomain("t.local", TO_UP1)
                .putUpstream("up1", Map.of("127.0.0.1:81", ""))
                .build());

        source.noted(before, after, AUTHOR);

        awaitChanges(1);
        assertThat(only().stored()).isFalse();
        assertThat(only().edits())
                .containsExactly(
                        new PastChange.Edit(Kind.DOMAIN, "t.local", null, null, TO_UP1),
                        new PastChange.Edit(Kind.UPSTREAM, "up1", "127.0.0.1:81", null, ""));
        assertThat(store.load().entries()).isEmpty();
    }

    @Test
    void takesBackAnyOfAHundredChanges() throws Exception {
        for (int i = 0; i < 100; i++) {
            write(change().putDomain("t.local", toBackend("127.0.0.1:" + (1000 + i)))
                    .putServer("up1", "127.0.0.1:" + (1000 + i), "weight=" + (i + 1)));
        }
        List<PastChange> changes = source.changes();
        assertThat(changes).hasSize(100);

        for (int back = 1; back < 100; back += 7) {
            PastChange change =
                    Objects.requireNonNull(source.change(changes.get(99 - back).id()));
            write(change.back());
            assertThat(rules("t.local")).isEqualTo(toBackend("127.0.0.1:" + (1000 + back - 1)));
            assertThat(Objects.requireNonNull(routing.current().upstreams().get("up1"))
                            .parameters())
                    .doesNotContainKey("127.0.0.1:" + (1000 + back));
        }
    }

    @Test
    void holdsUpNoChangeWhenItCanNotBeWritten(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("conf.history"), "in the way");
        try (FileStore files = new FileStore(folder.resolve("conf"));
                ChangeLog broken = new ChangeLog(new ChangeHistory(files, 150, Clock.systemUTC()))) {
            ConfigSync other = new ConfigSync(files, routing, null);

            new StoreSource(routing, other, broken)
                    .write(new StoreWrite(change().putDomain("t.local", TO_UP1).build(), table -> true, false, AUTHOR));

            assertThat(folder.resolve("conf/rules/t.local")).hasContent(TO_UP1);
        }
    }

    @Test
    void keepsNoMoreThanItShould() throws Exception {
        for (int i = 0; i < 200; i++) {
            write(change().putDomain("t.local", toBackend("127.0.0.1:" + (1000 + i))));
        }

        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (source.changes().size() > 150 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(source.changes()).hasSize(150);
        assertThat(newest().edits().get(0).after()).isEqualTo(toBackend("127.0.0.1:1199"));
    }

    private static RoutingChange.Builder change() {
        return RoutingChange.builder();
    }

    private void write(RoutingChange.Builder change) throws Exception {
        write(change.build());
    }

    private void write(RoutingChange change) throws Exception {
        assertThat(source.write(new StoreWrite(change, table -> true, false, AUTHOR)))
                .isNotNull();
    }

    private void awaitChanges(int count) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (source.changes().size() < count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private PastChange only() throws Exception {
        assertThat(source.changes()).hasSize(1);
        return newest();
    }

    private PastChange newest() throws Exception {
        return Objects.requireNonNull(source.change(source.changes().get(0).id()));
    }

    private String rules(String domain) {
        return Objects.requireNonNull(routing.current().domains().get(domain))
                .rules()
                .toJson();
    }

    private static String toBackend(String server) {
        return "{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"backend\",\"args\":{\"servername\":\"" + server + "\"}}}}";
    }
}

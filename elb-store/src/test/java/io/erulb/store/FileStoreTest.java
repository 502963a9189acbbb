package io.erulb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.StoredChange.Delete;
import io.erulb.store.StoredChange.Put;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileStoreTest extends ConfigStoreContract {
    /** Shorter than the store waits between two looks at a file that changes. */
    private static final Duration LOOKS_DONE = Duration.ofMillis(50);

    private static final Duration SOON = Duration.ofSeconds(1);

    @TempDir
    Path temporary;

    @Override
    protected ConfigStore open() {
        return new FileStore(folder());
    }

    @Test
    void readsFilesAsPeopleWriteThem() throws Exception {
        write("rules/blog.local", "{\n  \"init\": \"r1\"\n}\n");
        write("upstreams/up1/127.0.0.1:8088", "weight=2 max_fails=1\n");
        write("upstreams/up1/[::1]:80", "");

        assertThat(RecordingListener.texts(store().load()))
                .isEqualTo(Map.of(
                        "rules/blog.local", "{\n  \"init\": \"r1\"\n}",
                        "upstreams/up1/127.0.0.1:8088", "weight=2 max_fails=1",
                        "upstreams/up1/[::1]:80", ""));
    }

    @Test
    void writesFilesThatEndInALineBreak() throws Exception {
        committed(new Put(BLOG, "{}"), new Put(SERVER, "weight=2"));

        assertThat(folder().resolve("rules/blog.local")).hasContent("{}\n");
        assertThat(folder().resolve("upstreams/up1/127.0.0.1:8088")).hasContent("weight=2\n");
    }

    @Test
    void tellsWhatPeopleWriteRenameAndDelete() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (AutoCloseable watch = store().watch(listener)) {
            awaitSnapshot(listener, watch);

            write("upstreams/new/a:80", "weight=1");
            listener.await("a file in a new folder", SOON, told -> told.texts().containsValue("weight=1"));
            Path saved = Files.writeString(folder().resolve("rules/.saving"), "{}\n");
            Files.move(saved, folder().resolve("rules/blog.local"));
            listener.await("the renamed file", SOON, told -> told.texts().containsKey("rules/blog.local"));
            Files.delete(folder().resolve("upstreams/new/a:80"));

            listener.await("the deletion", SOON, told -> told.texts().equals(Map.of("rules/blog.local", "{}")));
        }
    }

    @Test
    void doesNotTakeHalfOfAFileForTheWhole() throws Exception {
        RecordingListener listener = new RecordingListener();
        committed(new Put(BLOG, "before"));
        try (AutoCloseable watch = store().watch(listener)) {
            awaitSnapshot(listener, watch);

            boolean heldUp = true;
            for (char letter = 'a'; heldUp && letter <= 'z'; letter++) {
                int before = listener.changes().size();
                heldUp = isHeldUpWriting(letter);
                String whole = text(letter, 40);
                listener.await("the whole file", SOON, told -> told.texts().containsValue(whole));
                if (!heldUp) {
                    assertThat(listener.changes()).hasSize(before + 1);
                }
            }
            assertThat(heldUp)
                    .as("each try to write without a pause was held up")
                    .isFalse();
        }
    }

    /** Writes a file again and again, longer each time; returns whether so long a pause came in that it looked done. */
    private boolean isHeldUpWriting(char letter) throws IOException {
        boolean heldUp = false;
        long last = System.nanoTime();
        for (int length = 0; length <= 40; length++) {
            Files.writeString(folder().resolve("rules/blog.local"), text(letter, length));
            long now = System.nanoTime();
            heldUp |= now - last > LOOKS_DONE.toNanos();
            last = now;
        }
        return heldUp;
    }

    private static String text(char letter, int length) {
        return String.valueOf(letter).repeat(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules/.blog.local.swp", "rules/blog.local~", "rules/#blog.local#", ".git/config"})
    void ignoresWhatEditorsLeave(String path) throws Exception {
        write(path, "{}");

        assertThat(store().load().entries()).isEmpty();
        assertThat(store().status().strayKeys()).isEmpty();
    }

    @Test
    void listsStrayFiles() throws Exception {
        write("rules/deeper/blog.local", "{}");
        write("upstreams/up1", "weight=1");
        write("notes.txt", "");

        assertThat(store().load().entries()).isEmpty();
        assertThat(store().status().strayKeys())
                .containsExactly("notes.txt", "rules/deeper/blog.local", "upstreams/up1");
    }

    @Test
    void followsLinks() throws Exception {
        Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("blog.local"), "{}\n");
        Files.createDirectories(folder());
        Files.createSymbolicLink(folder().resolve("rules"), elsewhere);

        assertThat(RecordingListener.texts(store().load())).isEqualTo(Map.of("rules/blog.local", "{}"));
    }

    @Test
    void guardsAgainstWhatPeopleWroteMeanwhile() throws Exception {
        StoredConfig base = committed(new Put(BLOG, "1"));
        write("rules/blog.local", "theirs\n");

        assertThatThrownBy(() -> store().commit(base, List.of(new Put(BLOG, "ours"))))
                .isInstanceOfSatisfying(
                        StoreConflictException.class, e -> assertThat(e.keys()).containsExactly(BLOG));

        assertThat(folder().resolve("rules/blog.local")).hasContent("theirs\n");
    }

    @Test
    void guardsAgainstAnotherStoreOnTheFolder() throws Exception {
        StoredConfig base = committed(new Put(BLOG, "1"));
        try (FileStore other = new FileStore(folder())) {
            other.commit(other.load(), List.of(new Put(BLOG, "theirs")));

            assertThatThrownBy(() -> store().commit(base, List.of(new Put(BLOG, "ours"))))
                    .isInstanceOf(StoreConflictException.class);
        }
    }

    @Test
    void removesTheFolderOfAnUpstreamWithoutServers() throws Exception {
        StoredConfig base = committed(new Put(SERVER, ""), new Put(new ServerKey("up2", "a:80"), ""));

        store().commit(base, List.of(new Delete(SERVER), new Delete(new ServerKey("up2", "a:80"))));

        assertThat(folder().resolve("upstreams")).isEmptyDirectory();
    }

    @Test
    void finishesACommitThatACrashInterrupted() throws Exception {
        committed(new Put(BLOG, "1"), new Put(SHOP, "1"), new Put(SERVER, ""));
        List<StoredChange> changes = List.of(new Put(BLOG, "2"), new Put(SHOP, "2\n"), new Delete(SERVER));

        // The journal stands, and one of its files is written: the process ended here.
        List<Annex.Put> along = List.of(new Annex.Put("history", "changes/1", "first"));
        new CommitJournal(folder().resolve(".elb-commit"))
                .write(new CommitJournal.Commit(changes, along), folder().resolve(".t"));
        write("rules/blog.local", "2\n");
        try (FileStore next = new FileStore(folder())) {

            assertThat(RecordingListener.texts(next.load()))
                    .isEqualTo(Map.of("rules/blog.local", "2", "rules/shop.local:8080", "2\n"));
            assertThat(next.annex("history").get("changes/1")).isEqualTo("first");
        }
        assertThat(folder().resolve(".elb-commit")).doesNotExist();
        assertThat(folder().resolve("rules/shop.local:8080")).hasContent("2\n\n");
        assertThat(folder().resolve("upstreams/up1")).doesNotExist();
    }

    @Test
    void refusesADamagedJournalAndKeepsTheFolderAsItIs() throws Exception {
        committed(new Put(BLOG, "1"), new Put(SHOP, "1"));
        write(".elb-commit", "elb-commit 1 0\nput x\n");

        assertThatThrownBy(() -> store().load())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(".elb-commit is damaged");
        assertThat(store().status().connected()).isFalse();

        Files.delete(folder().resolve(".elb-commit"));
        assertThat(store().load().entries()).hasSize(2);
    }

    @Test
    void takesAnAbsentFolderForAnAccident() throws Exception {
        StoredConfig before = committed(new Put(BLOG, "1"));
        RecordingListener listener = new RecordingListener();
        try (AutoCloseable watch = store().watch(listener)) {
            awaitSnapshot(listener, watch);

            Files.move(folder(), temporary.resolve("away"));
            listener.await(
                    "the accident",
                    SOON.multipliedBy(6),
                    told -> !store().status().connected());
            assertThatThrownBy(() -> store().load()).hasMessageContaining("expected: a folder");

            assertThat(listener.state()).isEqualTo(before);
        }
    }

    @Test
    void doesNotCountWhatALeaseOfAnEndedProcessLeft() throws Exception {
        Annex annex = store().annex("fleet");
        annex.lease("instances/a", SOON).put("left");
        annex.lease("instances/b", SOON).put("kept");
        Path left = folder().resolveSibling(folder().getFileName() + ".fleet/instances/a");
        Files.setLastModifiedTime(left, FileTime.fromMillis(System.currentTimeMillis() - SOON.toMillis()));

        assertThat(annex.leased("instances", SOON))
                .extracting(Annex.Leased::text)
                .containsExactly("kept");
    }

    @ParameterizedTest
    @ValueSource(strings = {".hidden", "back~", "#auto"})
    void refusesNamesThatAreNoFiles(String name) {
        assertThatThrownBy(() -> store().commit(StoredConfig.EMPTY, List.of(new Put(new DomainKey(name), ""))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("\"" + name + "\" can't be the name of a file");
    }

    @Test
    void refusesANameThatIsTooLong() {
        assertThatThrownBy(() ->
                        store().commit(StoredConfig.EMPTY, List.of(new Put(new DomainKey("é".repeat(128)), ""))))
                .hasMessageContaining("at most 255 bytes");
    }

    @Test
    void commitsHundredsOfFiles() throws Exception {
        List<StoredChange> changes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            changes.add(new Put(new DomainKey("d" + i + ".local"), "{}"));
        }

        store().commit(store().load(), changes);

        assertThat(store().load().entries()).hasSize(500);
    }

    private Path folder() {
        return temporary.resolve("elb");
    }

    private void write(String path, String text) throws IOException {
        Path file = folder().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

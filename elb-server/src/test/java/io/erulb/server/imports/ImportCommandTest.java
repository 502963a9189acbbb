package io.erulb.server.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.FilterTypes;
import io.erulb.store.ConfigKey;
import io.erulb.store.MemoryStore;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import does to a store, and what it says. */
class ImportCommandTest {
    private static final String TO_UP1 =
            "{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"backend\",\"args\":{\"servername\":\"up1\"}}}}";

    private final MemoryStore store = new MemoryStore();
    private final List<String> messages = new ArrayList<>();
    private final List<Boolean> openedToWrite = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** What another writer does right after the store was looked at. */
    private List<StoredChange> meanwhile = List.of();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final class Destination implements ImportCommand.Destination {
        @Override
        public String elbName() {
            return "ELB";
        }

        @Override
        public FilterTypes filters() {
            return FilterTypes.installed();
        }

        @Override
        public String description() {
            return "the store";
        }

        @Override
        public StoredConfig load() throws StoreException {
            StoredConfig base = store.load();
            store.commit(base, meanwhile);
            return base;
        }

        @Override
        public long commit(StoredConfig base, List<StoredChange> changes, String message) throws StoreException {
            messages.add(message);
            return store.commit(base, changes);
        }

        @Override
        public void close() {}
    }

    private int run(Object... arguments) {
        return ImportCommand.run(
                Stream.of(arguments).map(Object::toString).toList(),
                toWrite -> {
                    openedToWrite.add(toWrite);
                    return new Destination();
                },
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private List<String> printed() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    /** A backup of keys below {@code /ELB/}, as {@code "rules/a", "{}"}. */
    private Path backup(String... keysAndValues) throws Exception {
        List<String> nodes = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            String value = keysAndValues[i + 1].replace("\\", "\\\\").replace("\"", "\\\"");
            nodes.add("{\"key\":\"/ELB/" + keysAndValues[i] + "\",\"value\":\"" + value + "\"}");
        }
        return file("backup.json", "{\"node\":{\"dir\":true,\"nodes\":[" + String.join(",", nodes) + "]}}");
    }

    private void stored(String path, String text) throws StoreException {
        store.commit(store.load(), List.of(put(path, text)));
    }

    private static StoredChange put(String path, String text) {
        return new StoredChange.Put(Objects.requireNonNull(ConfigKey.parse(path)), text);
    }

    private List<String> inStore() throws StoreException {
        return store.load().entries().entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue().text())
                .toList();
    }

    @Test
    void withoutApplyItShowsAndWritesNothing() throws Exception {
        stored("upstreams/up1/a:80", "");
        stored("upstreams/up1/b:80", "");
        long revision = store.load().revision();

        int code = run(backup("rules/t.local", TO_UP1, "upstreams/up1/a:80", "weight=2", "upstreams/up1/b:80", ""));

        assertThat(code).isZero();
        assertThat(printed())
                .containsExactly(
                        "new      rules/t.local  " + TO_UP1,
                        "differs  upstreams/up1/a:80  \"weight=2\"",
                        "         in the store: \"\"",
                        "same     upstreams/up1/b:80  \"\"",
                        "",
                        "1 key new, 1 different, 1 the same, 0 refused; 0 faults, 0 warnings.",
                        "Nothing was written. --apply writes to the store.");
        assertThat(openedToWrite).containsExactly(false);
        assertThat(store.load().revision()).isEqualTo(revision);
        assertThat(messages).isEmpty();
    }

    @Test
    void withApplyItWritesAtOneRevisionAndLeavesTheRest() throws Exception {
        stored("rules/other", TO_UP1);
        stored("upstreams/up1/a:80", "");
        long revision = store.load().revision();
        Path backup = backup("rules/t.local", TO_UP1, "upstreams/up1/a:80", "weight=2");
        Path nginx = file("nginx.conf", "upstream up2 { server 10.0.0.1 backup; }");

        int code = run("--apply", backup, nginx);

        assertThat(code).isZero();
        assertThat(inStore())
                .containsExactly(
                        "rules/other = " + TO_UP1,
                        "rules/t.local = " + TO_UP1,
                        "upstreams/up1/a:80 = weight=2",
                        "upstreams/up2/10.0.0.1 = backup");
        assertThat(store.load().revision()).isEqualTo(revision + 1);
        assertThat(openedToWrite).containsExactly(true);
        assertThat(messages).containsExactly("from " + backup + ", " + nginx);
        assertThat(printed()).endsWith("Written to the store at revision " + (revision + 1) + ".");
    }

    @Test
    void aSecondRunHasNothingToWrite() throws Exception {
        Path backup = backup("rules/t.local", TO_UP1, "upstreams/up1/127.0.0.1", "");
        run("--apply", backup);

        assertThat(run("--apply", backup)).isZero();

        assertThat(messages).hasSize(1);
        assertThat(printed())
                .endsWith(
                        "0 keys new, 0 different, 2 the same, 0 refused; 0 faults, 0 warnings.",
                        "There is nothing to write to the store.");
    }

    @Test
    void aDocumentThatFailsItsTestIsRefusedWithTheWay() throws Exception {
        String document = TO_UP1.substring(0, TO_UP1.length() - 1)
                + ",\"tests\":[{\"name\":\"a\",\"request\":{\"url\":\"/\"},\"expect\":{\"backend\":\"up9\"}}]}";
        Path backup = backup("rules/t.local", document);

        assertThat(run("--apply", backup)).isEqualTo(1);

        assertThat(printed())
                .anyMatch(line -> line.startsWith("  " + backup + ": domain t.local, tests[0]: \"a\" fails: expected"))
                .contains("  => upstream up1, path as it came");
    }

    @Test
    void everyFaultIsToldAndNothingWritten() throws Exception {
        Path backup = backup(
                "rules/t.local", TO_UP1,
                "rules/bad", "{\"init\":\"a\",\"rules\":{\"b\":{\"type\":\"ua\",\"args\":{\"pattern\":\"(\"}}}}",
                "rules/no json", "{",
                "upstreams/up1/127.0.0.1", "weight=0 wait");
        Path nginx = file("nginx.conf", "upstream up2 {\nserver a..b;\nserver b; server b weight=x; }");

        int code = run("--apply", backup, nginx);

        assertThat(code).isEqualTo(1);
        assertThat(printed())
                .contains(
                        "new      rules/t.local  " + TO_UP1,
                        "refused  rules/no json  {",
                        "refused  upstreams/up1/127.0.0.1  \"weight=0 wait\"",
                        "refused  upstreams/up2/b  \"\"",
                        "  " + nginx + ":3: upstreams/up2/b stands twice, also at " + nginx + ":3 (expected: once)",
                        "  " + backup + ": domain bad, rule b, pattern: \"(\" (bad pattern: missing closing ))",
                        "  " + backup + ": domain bad, init: \"a\" (no such rule)",
                        "  " + backup + ": domain no json: the name of a domain has no blanks, slashes or control"
                                + " characters",
                        "  " + backup + ": upstream up1, server 127.0.0.1, weight: 0 (expected: an integer from 1 to"
                                + " 65535)",
                        "  " + backup + ": upstream up1, server 127.0.0.1, wait: wait (expected: one of weight,"
                                + " max_fails, fail_timeout, max_conns, down, backup, drain)",
                        "  " + nginx + ":2: upstream up2, server a..b, host: a..b (expected: an IP address or a name of"
                                + " letters, digits and hyphens)")
                .endsWith("Nothing was written, because of the faults. --skip-faulty writes the rest.");
        assertThat(inStore()).isEmpty();
    }

    @Test
    void withSkipFaultyTheRestIsWrittenAndTheExitCodeTellsOfIt() throws Exception {
        stored("rules/bad", TO_UP1);

        int code = run("--apply", "--skip-faulty", backup("rules/t.local", TO_UP1, "rules/bad", "{}"));

        assertThat(code).isEqualTo(1);
        assertThat(inStore()).containsExactly("rules/bad = " + TO_UP1, "rules/t.local = " + TO_UP1);
    }

    @Test
    void skipFaultyWithoutApplyWritesNothing() throws Exception {
        assertThat(run("--skip-faulty", backup("rules/t.local", TO_UP1, "rules/bad", "{}")))
                .isEqualTo(1);

        assertThat(inStore()).isEmpty();
    }

    @Test
    void faultsOfAKeyThatIsRefusedAnywayAreToldToo() throws Exception {
        run(file("nginx.conf", "upstream up1 { server a weight=0; server a; }"));

        assertThat(printed())
                .anyMatch(line -> line.contains("stands twice"))
                .anyMatch(line -> line.contains("weight: 0 (expected: an integer from 1 to 65535)"));
    }

    @Test
    void sourcesThatContradictEachOtherAreAFault() throws Exception {
        Path one = file("one.conf", "upstream up1 { server 10.0.0.1; } upstream up2 { server 10.0.0.1; }");
        Path two = file("two.conf", "upstream up1 { server 10.0.0.2; } upstream up2 { server 10.0.0.1; }");

        assertThat(run("--apply", "--skip-faulty", one, two)).isEqualTo(1);

        assertThat(inStore()).containsExactly("upstreams/up2/10.0.0.1 = ");
        assertThat(printed())
                .contains("  " + two + ":1: upstreams/up1 is another at " + one
                        + ":1 (expected: one, or the same in both)");
    }

    @Test
    void whatTheConfigurationWouldLiveWithIsAWarning() throws Exception {
        stored("rules/old", TO_UP1);
        stored("upstreams/up2/10.0.0.9", "");
        stored("upstreams/up3/10.0.0.9", "");
        String toNobody = TO_UP1.replace("up1", "nobody.invalid");
        Path backup = backup("rules/t.local", toNobody, "rules/T.local", toNobody, "upstreams/up2/10.0.0.1", "");
        String nobody = ", servername: nobody.invalid (no upstream is named nobody.invalid and no host is either)";

        assertThat(run(backup)).isZero();

        assertThat(warnings())
                .containsExactly(
                        backup
                                + ": domain t.local: names the same host as the domain T.local, which takes its requests but"
                                + " for the Host field written exactly like this name",
                        backup + ": domain T.local" + nobody,
                        backup + ": domain t.local" + nobody,
                        "upstream up2 keeps the server 10.0.0.9 that it has in the store");
    }

    private List<String> warnings() {
        return printed().stream()
                .dropWhile(line -> !line.equals("Warnings:"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(String::strip)
                .toList();
    }

    @Test
    void aWriterInBetweenIsAConflictThatNamesTheKeys() throws Exception {
        meanwhile = List.of(put("rules/t.local", "{}"));

        assertThat(run("--apply", backup("rules/t.local", TO_UP1, "rules/u.local", TO_UP1)))
                .isEqualTo(1);

        assertThat(said())
                .isEqualTo("elb: import: written by another meanwhile, so nothing was changed:" + " rules/t.local\n");
        assertThat(inStore()).containsExactly("rules/t.local = {}");
    }

    @Test
    void aStoreThatCannotBeReadIsSaid() throws Exception {
        store.close();

        assertThat(run("--apply", backup("rules/t.local", TO_UP1))).isEqualTo(1);
        assertThat(said()).isEqualTo("elb: import: memory: the store is closed\n");
    }

    @Test
    void aSourceThatCannotBeReadIsAFault() throws Exception {
        Path none = folder.resolve("none");
        Path nginx = file("nginx.conf", "upstream up1 {");

        int code = run("--apply", none, nginx, backup("rules/t.local", TO_UP1));

        assertThat(code).isEqualTo(1);
        assertThat(inStore()).isEmpty();
        assertThat(printed())
                .anyMatch(line -> line.startsWith("  " + none + ": it can't be read: "))
                .contains("  " + nginx + ": line 1: the block is not closed");
    }

    @Test
    void aSourceWithNothingToTakeOverIsAFault() throws Exception {
        Path nginx = file("nginx.conf", "include other.conf;");

        assertThat(run(nginx)).isEqualTo(1);
        assertThat(printed())
                .contains(
                        "  " + nginx + ": nothing to take over (expected: keys below /ELB/ or upstream blocks)",
                        "  " + nginx
                                + ":1: include other.conf: what it includes is not read; import that file as well");
    }

    @Test
    void whatIsNotPrintableIsEscaped() throws Exception {
        run(file("n.conf", "upstream up1 { server a \"b\u001b[31m\nc\"; }"));

        assertThat(printed()).startsWith("refused  upstreams/up1/a  \"b\\u001b[31m\\nc\"");
        assertThat(printed()).noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void helpPrintsTheUsageAndOpensNothing() {
        assertThat(run("--help")).isZero();

        assertThat(printed()).startsWith("Usage: import [--apply] [--skip-faulty] SOURCE...");
        assertThat(printed()).allMatch(line -> line.length() < 100);
        assertThat(openedToWrite).isEmpty();
    }

    @Test
    void badUsageIsSaidAndOpensNothing() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--aply", "file")).isEqualTo(2);
        assertThat(run("http://etcd:2379/v2/keys")).isEqualTo(2);

        assertThat(said().lines())
                .containsExactly(
                        "elb: import: Missing required parameter: 'SOURCE'; import --help tells more",
                        "elb: import: Unknown option: '--aply'; import --help tells more",
                        "elb: import: http://etcd:2379/v2/keys (expected: http://HOST:PORT, without user and path);"
                                + " import --help tells more");
        assertThat(printed()).isEmpty();
        assertThat(openedToWrite).isEmpty();
    }
}

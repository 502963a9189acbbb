package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.etcd.EtcdProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the original keeps in etcd by version 2 of its API comes over, from a real etcd into a real store. */
@Timeout(90)
class ImportIT {
    /** The example of the original's README, as it was put there. */
    private static final String RULES = """
            {
              "init": "r1",
              "rules": {
                "r1": {"type": "ua", "args": {"pattern": "httpie(\\\\S+)$", "succ": "r4", "fail": "r3"}},
                "r2": {"type": "backend", "args": {"servername": "upstream1"}},
                "r3": {"type": "backend", "args": {"servername": "upstream2"}},
                "r4": {"type": "path", "args": {
                  "regex": true, "pattern": "^\\\\/blog\\\\/(\\\\S+)$", "rewrite": false, "succ": "r2", "fail": "r3"}}
              }
            }
            """;

    /** The original's own sample names a server by an object, and its dump writes flags with a value. */
    private static final String BY_OBJECT =
            "{\"init\": \"r\", \"rules\": {\"r\": {\"type\": \"backend\", \"args\": {\"servername\": {\"upstream1\": \"\"}}}}}";

    @SuppressWarnings("NullAway.Init")
    private static EtcdProcess etcd;

    private final TestBackend up1 = TestBackend.start("up1");
    private final TestBackend up2 = TestBackend.start("up2");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeAll
    static void startEtcd() throws Exception {
        etcd = EtcdProcess.startWithV2();
    }

    @AfterAll
    static void stopEtcd() throws Exception {
        etcd.close();
    }

    @AfterEach
    void clear() throws Exception {
        up1.close();
        up2.close();
        Http.delete(v2(), "/v2/keys/ELB?recursive=true", "");
        etcd.deletePrefix("/ELB");
    }

    private static URI v2() {
        return URI.create("http://" + etcd.endpoint());
    }

    /** Puts a value by version 2, as the original does; the key is written as it stands in a URL. */
    private static void putV2(String key, String value) throws Exception {
        String form = "value=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        HttpResponse<String> answer = Http.send(Http.request(v2(), "/v2/keys/ELB/" + key)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .PUT(BodyPublishers.ofString(form)));
        assertThat(answer.statusCode()).isIn(200, 201);
    }

    private void putExamples() throws Exception {
        putV2("rules/127.0.0.1", RULES);
        putV2("rules/t.local:8080", BY_OBJECT);
        putV2("upstreams/upstream1/" + up1.address(), "");
        putV2("upstreams/upstream2/" + up2.address(), "max_fails=2 weight=10");
        putV2("upstreams/upstream2/127.0.0.1%3A1", "fail_timeout=10 down=true weight=1 max_fails=1");
    }

    private static String inStore() throws IOException {
        return etcd.etcdctl("get", "--prefix", "/ELB/");
    }

    private static String inStore(String key) throws IOException {
        return etcd.etcdctl("get", "--print-value-only", key);
    }

    /** Runs the import to its end: its exit code, then what it printed. */
    private static List<String> run(String settings, String... arguments) throws Exception {
        String[] all = Stream.concat(Stream.of("import"), Stream.of(arguments)).toArray(String[]::new);
        try (ServerProcess running = ServerProcess.run(settings, all)) {
            int code = running.exitCode();
            running.await(Pattern.compile("^$"));
            return Stream.concat(Stream.of("exit " + code), running.output().lines())
                    .toList();
        }
    }

    private static String toEtcd() {
        return "ETCD=" + etcd.endpoint();
    }

    @Test
    void theOriginalsKeysComeOverAndRequestsGoWhereTheyWent() throws Exception {
        putExamples();

        List<String> shown = run(toEtcd(), v2().toString());
        assertThat(shown)
                .startsWith("exit 0")
                .anyMatch(line -> line.startsWith("new      rules/127.0.0.1  {\"init\":\"r1\",\"rules\":{\"r1\":"))
                .contains("new      upstreams/upstream2/" + up2.address() + "  \"max_fails=2 weight=10\"")
                .anyMatch(line -> line.startsWith("Nothing was written. --apply writes to etcd at " + etcd.endpoint()));
        assertThat(inStore()).isEmpty();

        List<String> applied = run(toEtcd(), "--apply", v2().toString());
        assertThat(applied).startsWith("exit 0").anyMatch(line -> line.startsWith("Written to etcd at "));
        assertThat(inStore("/ELB/rules/127.0.0.1")).isEqualTo(RULES + "\n");
        assertThat(inStore("/ELB/rules/t.local:8080")).isEqualTo(BY_OBJECT + "\n");
        assertThat(inStore("/ELB/upstreams/upstream2/127.0.0.1:1"))
                .isEqualTo("fail_timeout=10 down=true weight=1 max_fails=1\n");

        try (ServerProcess server = ServerProcess.start(toEtcd())) {
            assertThat(Http.get(server.uri(), "/blog/a").body()).isEqualTo("up2 /blog/a");
            assertThat(as("httpie/3.2", server.uri(), "/blog/a")).isEqualTo("up1 /blog/a");
            assertThat(as("httpie/3.2", server.uri(), "/about")).isEqualTo("up2 /about");
            assertThat(Http.get(server.uri(), "/__erulb__/domain").body()).contains("\"t.local:8080\"");
            assertThat(Http.get(server.uri(), "/__erulb__/history").body())
                    .contains("\"by\":\"import\",\"message\":\"from " + v2() + "\",\"to\":\"store\"");
        }
    }

    private static String as(String agent, URI server, String target) throws Exception {
        return Http.send(Http.request(server, target).header("User-Agent", agent))
                .body();
    }

    @Test
    void aRunningServerTakesItInAtOnceAsOneChangeOfItsHistory() throws Exception {
        putExamples();
        try (ServerProcess server = ServerProcess.start(toEtcd())) {

            run(toEtcd(), "--apply", v2().toString());

            server.awaitBody(server.uri() + "/about", "up2 /about");
            String history = Http.get(server.uri(), "/__erulb__/history").body();
            assertThat(history).containsOnlyOnce("\"id\"").contains("\"by\":\"import\"");
        }
    }

    @Test
    void namesComeOutOfVersion2AsTheyWent() throws Exception {
        putV2("rules/b%C3%BCcher.example", BY_OBJECT);
        putV2("rules/*.t.local", BY_OBJECT);
        putV2("rules/T.local.", BY_OBJECT);
        putV2("rules/a%25b", BY_OBJECT);
        putV2("upstreams/upstream1/%5B::1%5D:8088", "");
        putV2("upstreams/upstream1/backend.example:80", "backup");

        assertThat(run(toEtcd(), "--apply", v2().toString())).startsWith("exit 0");

        assertThat(etcd.etcdctl("get", "--prefix", "--keys-only", "/ELB/")
                        .lines()
                        .filter(line -> !line.isBlank()))
                .containsExactlyInAnyOrder(
                        "/ELB/rules/b\u00fccher.example",
                        "/ELB/rules/*.t.local",
                        "/ELB/rules/T.local.",
                        "/ELB/rules/a%b",
                        "/ELB/upstreams/upstream1/[::1]:8088",
                        "/ELB/upstreams/upstream1/backend.example:80");
    }

    @Test
    void whatHasAFaultOrIsAStrayIsToldAndTheRestStaysWhereItIs() throws Exception {
        putExamples();
        putV2("rules/bad.local", "{\"init\": \"r1\", \"rules\": {\"r1\": {\"type\": \"lua\", \"args\": {}}}}");
        putV2("lock", "1");

        List<String> refused = run(toEtcd(), "--apply", v2().toString());
        assertThat(refused)
                .startsWith("exit 1")
                .anyMatch(line -> line.contains("domain bad.local, rule r1, type: \"lua\" (unknown type"))
                .anyMatch(line -> line.contains("/ELB/lock is a stray"))
                .contains("Nothing was written, because of the faults. --skip-faulty writes the rest.");
        assertThat(inStore()).isEmpty();

        assertThat(run(toEtcd(), "--apply", "--skip-faulty", v2().toString())).startsWith("exit 1");
        assertThat(inStore()).contains("/ELB/rules/127.0.0.1").doesNotContain("bad.local", "lock");
    }

    @Test
    void aBackupGoesIntoAFolderLikeTheEtcdItWasMadeOf() throws Exception {
        putExamples();
        Path backup = folder.resolve("backup.json");
        Files.writeString(
                backup, Http.get(v2(), "/v2/keys/ELB/upstreams?recursive=true").body());
        Path store = folder.resolve("store");

        assertThat(run("STORE=file:" + store, backup.toString())).startsWith("exit 0");
        assertThat(store).doesNotExist();

        assertThat(run("STORE=file:" + store, "--apply", backup.toString())).startsWith("exit 0");
        assertThat(store.resolve("upstreams/upstream2").resolve(up2.address())).hasContent("max_fails=2 weight=10");
    }

    @Test
    void anUpstreamOfNginxServesRequests() throws Exception {
        Path nginx = Files.writeString(
                folder.resolve("nginx.conf"),
                "http {\n  upstream upstream1 {\n    ip_hash;\n    server " + up1.address() + " weight=2;\n  }\n}\n");
        etcd.put("/ELB/rules/127.0.0.1", BY_OBJECT);

        List<String> applied = run(toEtcd(), "--apply", nginx.toString());

        assertThat(applied)
                .startsWith("exit 0")
                .contains("  " + nginx
                        + ":3: upstream upstream1: ip_hash stays behind: requests go round robin, by weight");
        try (ServerProcess server = ServerProcess.start(toEtcd())) {
            assertThat(Http.get(server.uri(), "/a").body()).isEqualTo("up1 /a");
        }
    }

    @Test
    void anEtcdWithoutVersion2IsToldHowToHaveIt() throws Exception {
        try (EtcdProcess without = EtcdProcess.start()) {
            assertThat(fault(run(toEtcd(), "http://" + without.endpoint())))
                    .endsWith(
                            ": there is no version 2 of etcd's API (expected: etcd 3.4 or 3.5 started with --enable-v2,"
                                    + " or 2.x)");
        }
    }

    @Test
    void anEtcdWithoutTheNameIsToldFromOneWithoutVersion2() throws Exception {
        putExamples();

        assertThat(fault(run("ELBNAME=other " + toEtcd(), v2().toString())))
                .endsWith(
                        ": etcd has no key /other by version 2 of its API (expected: ELBNAME as the original had it)");
    }

    @Test
    void nobodyListeningIsTold() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        assertThat(fault(run("STORE=memory", "http://127.0.0.1:" + closed)))
                .endsWith(": no connection: nobody listens there, or no host has this name");
    }

    /** The one fault that was told. */
    private static String fault(List<String> printed) {
        assertThat(printed).startsWith("exit 1");
        int title = printed.indexOf("Faults, which can't be taken over:");
        assertThat(printed.subList(title + 2, printed.size())).first().isEqualTo("");
        return printed.get(title + 1);
    }

    @Test
    void aStoreThatIsAwayIsSaid() throws Exception {
        Path nginx = Files.writeString(folder.resolve("nginx.conf"), "upstream up1 { server a; }");

        List<String> printed = run("ETCD=127.0.0.1:1", "--apply", nginx.toString());

        assertThat(printed).startsWith("exit 1").anyMatch(line -> line.startsWith("elb: import: etcd at 127.0.0.1:1"));
    }

    @Test
    void memoryIsNoStoreToWriteTo() throws Exception {
        assertThat(run("STORE=memory", "--apply", "nginx.conf"))
                .startsWith(
                        "exit 2",
                        "elb: STORE: memory is gone with this process (expected: etcd, or file: and a folder)");
    }

    @Test
    void aServerThatRunsLoadsNothingOfTheCommandLine() throws Exception {
        try (ServerProcess server = ServerProcess.start("JAVA_TOOL_OPTIONS=-Xlog:class+load STORE=memory")) {
            List<String> loaded = server.output().lines().toList();

            assertThat(loaded).anyMatch(line -> line.contains("io.erulb.server.ElbServer source:"));
            assertThat(loaded).filteredOn(line -> line.contains("picocli")).isEmpty();
        }
    }
}

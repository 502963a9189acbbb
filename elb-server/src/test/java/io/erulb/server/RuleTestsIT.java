package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.etcd.EtcdProcess;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documents that fail a test of their own, on every way they may come in by. */
@Timeout(90)
class RuleTestsIT {
    private static final String KEY = "/ELB/rules/127.0.0.1";
    private static final Pattern HELD = Pattern.compile("WARNING.*domain 127\\.0\\.0\\.1, tests\\[0]: \"new\" fails");

    @SuppressWarnings("NullAway.Init")
    private static EtcdProcess etcd;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final TestBackend up1 = TestBackend.start("up1");
    private final TestBackend up2 = TestBackend.start("up2");

    @BeforeAll
    static void startEtcd() throws Exception {
        etcd = EtcdProcess.start();
    }

    @AfterAll
    static void stopEtcd() throws Exception {
        etcd.close();
    }

    @BeforeEach
    void fill() throws Exception {
        etcd.deletePrefix("/ELB/");
        etcd.put("/ELB/upstreams/up1/" + up1.address(), "");
        etcd.put("/ELB/upstreams/up2/" + up2.address(), "");
        etcd.put(KEY, document("up1", "old", "up1"));
    }

    @AfterEach
    void stopBackends() {
        up1.close();
        up2.close();
    }

    @Test
    void theLastGoodRulesServeUntilAFixedDocumentGoesLiveByItself() throws Exception {
        try (ServerProcess server = ServerProcess.start("ETCD=" + etcd.endpoint())) {
            etcd.put(KEY, document("up2", "new", "up3"));
            server.await(HELD);

            assertThat(Http.get(server.uri(), "/a").body()).isEqualTo("up1 /a");
            assertThat(status(server))
                    .contains(
                            "\"domain\":\"127.0.0.1\",\"field\":\"tests[0]\",\"message\":\"\\\"new\\\" fails: expected"
                                    + " backend up3, found upstream up2, path as it came (r)\\n  r backend\\n=>"
                                    + " upstream up2, path as it came\"");

            etcd.put(KEY, document("up2", "new", "up2"));

            server.awaitBody(server.uri() + "/a", "up2 /a");
            assertThat(status(server)).contains("\"problems\":[]");
        }
    }

    @Test
    void aWriteIsRefusedWithTheReasonAndChangesNothing() throws Exception {
        try (ServerProcess server = ServerProcess.start("ETCD=" + etcd.endpoint())) {
            for (String how : new String[] {"", "?to=store", "?dry-run=true"}) {
                HttpResponse<String> answer = Http.put(
                        server.uri(),
                        "/__erulb__/domain" + how,
                        "{\"127.0.0.1\": " + document("up2", "new", "up3") + "}");

                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body())
                        .contains(
                                "\"field\":\"tests[0]\"", "\\\"new\\\" fails: expected backend up3, found upstream up2")
                        .contains("r backend\\n");
            }

            assertThat(Http.get(server.uri(), "/a").body()).isEqualTo("up1 /a");
            assertThat(status(server)).contains("\"problems\":[]");
            assertThat(etcd.etcdctl("get", "--print-value-only", KEY)).contains("\"old\"");
        }
    }

    @Test
    void theLastGoodRulesServeAfterARestartToo() throws Exception {
        String settings = "DATA_DIR=" + folder + " ETCD=" + etcd.endpoint();
        try (ServerProcess server = ServerProcess.start(settings)) {
            awaitCopyOf("old");
            etcd.put(KEY, document("up2", "new", "up3"));
            server.await(HELD);
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }

        try (ServerProcess server = ServerProcess.start(settings)) {
            server.await(HELD);
            assertThat(Http.get(server.uri(), "/a").body()).isEqualTo("up1 /a");
            assertThat(status(server)).contains("\\\"new\\\" fails");

            HttpResponse<String> dump = Http.put(server.uri(), "/__erulb__/dump", "");
            assertThat(dump.statusCode()).isEqualTo(200);
            assertThat(etcd.etcdctl("get", "--print-value-only", KEY))
                    .as("what is held is its author's to mend")
                    .contains("\"new\"");

            etcd.put(KEY, document("up2", "new", "up2"));
            server.awaitBody(server.uri() + "/a", "up2 /a");
        }
    }

    private void awaitCopyOf(String text) throws Exception {
        Path copy = folder.resolve("config.copy");
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!(Files.exists(copy) && Files.readString(copy).contains(text)) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(copy).content().contains(text);
    }

    private static String status(ServerProcess server) throws Exception {
        return Http.get(server.uri(), "/__erulb__/status").body();
    }

    /** Sends everything to an upstream, and has a test that expects another one or the same. */
    private static String document(String upstream, String test, String expected) {
        return """
                {"init": "r", "rules": {"r": {"type": "backend", "args": {"servername": "%s"}}}, "tests": [
                  {"name": "%s", "request": {"url": "/a"}, "expect": {"backend": "%s"}}]}""".formatted(upstream, test, expected);
    }
}

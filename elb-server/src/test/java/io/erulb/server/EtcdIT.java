package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.etcd.EtcdProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class EtcdIT {
    private static final Pattern CONFIGURED = Pattern.compile("no configuration yet");

    @SuppressWarnings("NullAway.Init")
    private static EtcdProcess etcd;

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
        etcd.put("/ELB/rules/127.0.0.1", toBackend("up1"));
        etcd.put("/ELB/upstreams/up1/" + up1.address(), "");
        etcd.put("/ELB/upstreams/up2/" + up2.address(), "max_fails=2 weight=10");
    }

    @AfterEach
    void stopBackends() {
        up1.close();
        up2.close();
    }

    @Test
    void rulesPutBeforeTheStartAreInForceWhenThePortOpens() throws Exception {
        try (ServerProcess server = ServerProcess.start("ETCD=" + etcd.endpoint())) {

            assertThat(Http.get(server.uri(), "/a").body()).isEqualTo("up1 /a");
        }
    }

    @Test
    void rulesPutAfterTheStartAreInForceWithinASecond() throws Exception {
        try (ServerProcess server = ServerProcess.start("ETCD_URL=http://" + etcd.endpoint())) {

            etcd.put("/ELB/rules/127.0.0.1", toBackend("up2"));

            server.awaitBody(server.uri() + "/a", "up2 /a", Duration.ofSeconds(1));
        }
    }

    @Test
    void whatIsDumpedIsInForceAfterARestartAndTheRestIsNot() throws Exception {
        try (ServerProcess server = ServerProcess.start("ETCD=" + etcd.endpoint())) {
            put(server.uri(), "domain", "{\"127.0.0.1\": " + toBackend("up2") + "}");
            put(server.uri(), "dump", "");
            put(server.uri(), "domain", "{\"127.0.0.1\": " + toBackend("up1") + "}");
            assertThat(Http.get(server.uri(), "/a").body()).isEqualTo("up1 /a");
        }

        try (ServerProcess server = ServerProcess.start("ETCD=" + etcd.endpoint())) {
            assertThat(Http.get(server.uri(), "/a").body()).isEqualTo("up2 /a");
        }
        assertThat(etcd.etcdctl("get", "--prefix", "--keys-only", "/ELB/")
                        .lines()
                        .filter(line -> !line.isBlank()))
                .containsExactly(
                        "/ELB/rules/127.0.0.1",
                        "/ELB/upstreams/up1/" + up1.address(),
                        "/ELB/upstreams/up2/" + up2.address());
    }

    @Test
    void anotherNameHasKeysOfItsOwn() throws Exception {
        etcd.put("/other/rules/127.0.0.1", toBackend(up2.address()));

        try (ServerProcess server = ServerProcess.start("ELBNAME=other ETCD=" + etcd.endpoint())) {
            assertThat(Http.get(server.uri(), "/a").body()).isEqualTo("up2 /a");
        }
    }

    @Test
    void etcdsUserLogsIn() throws Exception {
        try (EtcdProcess guarded = EtcdProcess.start()) {
            guarded.put("/ELB/rules/127.0.0.1", toBackend(up1.address()));
            guarded.requireLogin("secret");

            try (ServerProcess server =
                    ServerProcess.start("ETCD=" + guarded.endpoint() + " ETCD_USER=root ETCD_PASSWORD=secret")) {
                assertThat(Http.get(server.uri(), "/a").body()).isEqualTo("up1 /a");
                put(server.uri(), "domain", "{\"localhost\": " + toBackend(up2.address()) + "}");
                put(server.uri(), "dump", "");
                assertThat(server.output()).doesNotContain("secret");
            }
            assertThat(guarded.etcdctl("get", "/ELB/rules/localhost")).contains(up2.address());
        }
    }

    @Test
    void withoutEtcdThePortAnswers503UntilItComes() throws Exception {
        try (EtcdProcess late = EtcdProcess.stopped();
                ServerProcess server = ServerProcess.start("START_WAIT=200ms ETCD=" + late.endpoint())) {
            server.await(CONFIGURED);
            assertThat(Http.get(server.uri(), "/a").statusCode()).isEqualTo(503);
            assertThat(Http.get(server.uri(), "/__erulb__/health").statusCode()).isEqualTo(503);

            late.launch();
            late.put("/ELB/rules/127.0.0.1", toBackend(up1.address()));

            server.awaitBody(server.uri() + "/a", "up1 /a", Duration.ofSeconds(20));
            assertThat(Http.get(server.uri(), "/__erulb__/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aFaultyValueLeavesItsDomainTheLastGoodOne() throws Exception {
        try (ServerProcess server = ServerProcess.start("ETCD=" + etcd.endpoint())) {

            etcd.put("/ELB/rules/127.0.0.1", "{\"init\": \"nowhere\"");
            etcd.put("/ELB/rules/other.local", toBackend("up1"));

            server.await(Pattern.compile("WARNING.*domain 127\\.0\\.0\\.1"));
            assertThat(Http.get(server.uri(), "/a").body()).isEqualTo("up1 /a");
            assertThat(Http.get(server.uri(), "/__erulb__/status").body()).contains("127.0.0.1");
        }
    }

    @Test
    void aTerminatedServerFinishesWhatRunsAndTakesNoMore() throws Exception {
        try (ServerProcess server = ServerProcess.start("ETCD=" + etcd.endpoint())) {
            URI uri = server.uri();
            CompletableFuture<HttpResponse<String>> running = Http.getAsync(uri, "/wait");
            up1.awaitWaiting();

            server.terminate();
            awaitRefusal(uri);
            up1.release();

            assertThat(running.get().body()).isEqualTo("up1 /wait");
            assertThat(server.exitCode()).isZero();
        }
    }

    @Test
    void aRequestThatNeverEndsDoesNotKeepATerminatedServer() throws Exception {
        try (ServerProcess server = ServerProcess.start("DRAIN_TIMEOUT=300ms ETCD=" + etcd.endpoint())) {
            CompletableFuture<HttpResponse<String>> running = Http.getAsync(server.uri(), "/wait");
            up1.awaitWaiting();

            server.terminate();

            assertThat(server.exitCode()).isZero();
            assertThat(running).failsWithin(Duration.ofSeconds(10));
        }
        up1.release();
    }

    @Test
    void everyProxiedRequestIsToldToStatsd() throws Exception {
        try (UdpReceiver statsd = UdpReceiver.open();
                ServerProcess server = ServerProcess.start("ETCD=" + etcd.endpoint() + " STATSD=" + statsd.address())) {
            for (int i = 0; i < 100; i++) {
                Http.get(server.uri(), "/a");
            }
            server.terminate();
            assertThat(server.exitCode()).isZero();

            assertThat(statsd.lines(300))
                    .filteredOn("ELB.127_0_0_1.total:1|c"::equals)
                    .hasSize(100);
            assertThat(statsd.lines(300))
                    .filteredOn("ELB.127_0_0_1.status.200:1|c"::equals)
                    .hasSize(100);
            assertThat(statsd.lines(300))
                    .filteredOn(line -> line.matches("ELB\\.127_0_0_1\\.cost:\\d+\\|ms"))
                    .hasSize(100);
        }
    }

    private static void awaitRefusal(URI uri) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), uri.getPort()).close();
            } catch (IOException refused) {
                return;
            }
            LockSupport.parkNanos(1_000_000);
        }
        throw new AssertionError("connections are still taken");
    }

    private static void put(URI uri, String resource, String body) throws Exception {
        HttpResponse<String> answer = Http.put(uri, "/__erulb__/" + resource, body);
        assertThat(answer.body()).isEqualTo("{\"msg\":\"OK\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static String toBackend(String upstream) {
        return "{\"init\": \"r\", \"rules\": {\"r\": {\"type\": \"backend\", \"args\": {\"servername\": \"" + upstream
                + "\"}}}}";
    }
}

package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.etcd.EtcdProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server started while etcd is away, with and without a copy of its configuration. */
@Timeout(90)
class DataDirIT {
    private static final Pattern FROM_COPY = Pattern.compile("starting from the copy");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final TestBackend up1 = TestBackend.start("up1");
    private final TestBackend up2 = TestBackend.start("up2");

    @SuppressWarnings("NullAway.Init")
    private EtcdProcess etcd;

    @BeforeEach
    void startEtcd() throws Exception {
        etcd = EtcdProcess.start();
        etcd.put("/ELB/rules/127.0.0.1", toBackend(up1.address()));
    }

    @AfterEach
    void stop() throws Exception {
        etcd.close();
        up1.close();
        up2.close();
    }

    @Test
    void servesFromTheCopySaysSoAndGoesLiveWhenEtcdReturns() throws Exception {
        serveAndCopy();
        etcd.kill();

        try (ServerProcess server = ServerProcess.start("START_WAIT=10m " + settings())) {
            assertThat(Http.get(server.uri(), "/a").body()).isEqualTo("up1 /a");
            server.await(FROM_COPY);
            HttpResponse<String> health = Http.get(server.uri(), "/__erulb__/health");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("ready", "a copy of ", "is in force", "etcd at");
            assertThat(Http.get(server.uri(), "/__erulb__/status").body()).contains("in_force_of");

            etcd.launch();
            etcd.put("/ELB/rules/127.0.0.1", toBackend(up2.address()));

            server.awaitBody(server.uri() + "/a", "up2 /a");
            assertThat(Http.get(server.uri(), "/__erulb__/health").body()).isEqualTo("{\"status\":\"ready\"}");
        }
    }

    @Test
    void refusesADamagedCopyWithAReason() throws Exception {
        serveAndCopy();
        Path copy = folder.resolve("config.copy");
        Files.writeString(copy, Files.readString(copy).replace("backend", "BACKEND"));
        etcd.kill();

        try (ServerProcess server = ServerProcess.start("START_WAIT=100ms " + settings())) {
            assertThat(Http.get(server.uri(), "/a").statusCode()).isEqualTo(503);
            server.await(Pattern.compile("config.copy is damaged"));
            assertThat(Http.get(server.uri(), "/__erulb__/status").body()).contains("config.copy is damaged");

            etcd.launch();

            server.awaitBody(server.uri() + "/a", "up1 /a");
        }
    }

    /** Lets a server write its copy, and kills it. */
    private void serveAndCopy() throws Exception {
        try (ServerProcess server = ServerProcess.start(settings())) {
            server.awaitBody(server.uri() + "/a", "up1 /a");
            awaitCopyOf(up1.address());
        }
    }

    private void awaitCopyOf(String text) throws IOException {
        Path copy = folder.resolve("config.copy");
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!(Files.exists(copy) && Files.readString(copy).contains(text)) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(copy).content().contains(text);
    }

    private String settings() {
        return "DATA_DIR=" + folder + " ETCD=" + etcd.endpoint();
    }

    private static String toBackend(String server) {
        return "{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"backend\",\"args\":{\"servername\":\"" + server + "\"}}}}";
    }
}

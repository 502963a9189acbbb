package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SettingsIT {

    @Test
    void badSettingsStopTheServerWithASentenceEach() throws Exception {
        try (ServerProcess server = ServerProcess.run("LISTEN=nowhere STORE=redis MAX_BODY=much")) {

            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output().strip().lines())
                    .hasSize(3)
                    .anyMatch(line -> line.startsWith("elb: LISTEN: nowhere (expected: host:port"))
                    .anyMatch(line -> line.startsWith("elb: STORE: redis (expected: etcd"))
                    .anyMatch(line -> line.startsWith("elb: MAX_BODY: much (expected: a size"));
        }
    }

    @Test
    void membersOfEtcdThatDoNotFitTogetherStopTheServerWithASentence() throws Exception {
        try (ServerProcess server = ServerProcess.run("LISTEN=127.0.0.1:0 ETCD=127.0.0.1:1,https://127.0.0.1:2")) {

            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output().strip())
                    .startsWith("elb: etcd endpoints: ")
                    .endsWith("(expected: all of them http or all of them https)")
                    .doesNotContain("\n");
        }
    }

    @Test
    void aTakenPortStopsTheServerWithASentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerProcess server = ServerProcess.run("STORE=memory LISTEN=127.0.0.1:" + taken.getLocalPort())) {

            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output().strip())
                    .startsWith("elb: LISTEN 127.0.0.1:" + taken.getLocalPort() + ": ")
                    .doesNotContain("\n");
        }
    }

    @Test
    void aHostThatIsNotKnownStopsTheServerWithASentence() throws Exception {
        try (ServerProcess server = ServerProcess.run("STORE=memory LISTEN=nowhere.invalid:8080")) {

            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output().strip())
                    .isEqualTo("elb: LISTEN nowhere.invalid:8080: no host is named nowhere.invalid");
        }
    }

    @Test
    void aPluginThatIsNoneStopsTheServerWithASentence(@TempDir Path folder) throws Exception {
        Plugin.write(folder.resolve("broken.jar"), "io.erulb.rules.spi.FilterProvider", "no.such.Provider");
        try (ServerProcess server = ServerProcess.run("STORE=memory LISTEN=127.0.0.1:0 PLUGINS=" + folder)) {

            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).contains("elb: PLUGINS: " + folder).contains("no.such.Provider");
        }
    }

    @Test
    void unknownArgumentsStopTheServerWithASentence() throws Exception {
        try (ServerProcess server = ServerProcess.run("STORE=memory LISTEN=127.0.0.1:0", "--port", "80")) {

            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).startsWith("elb: unknown arguments: --port 80");
        }
    }

    @Test
    void aServerTerminatedWhileItStartsEndsWithoutFailure() throws Exception {
        try (ServerProcess server = ServerProcess.run("START_WAIT=1m LISTEN=127.0.0.1:0 ETCD=127.0.0.1:1")) {
            server.await(Pattern.compile("WARNING.*127\\.0\\.0\\.1:1"));

            server.terminate();

            assertThat(server.exitCode()).isZero();
        }
    }
}

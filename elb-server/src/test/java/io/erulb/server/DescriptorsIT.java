package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that has used up the file descriptors it may have. */
@Timeout(60)
class DescriptorsIT {
    private static final int DESCRIPTORS = 200;
    private static final Duration SOON = Duration.ofSeconds(2);

    @Test
    void isThereAgainAsSoonAsSomeAreFreeAndBlamesNoServer(@TempDir Path folder) throws Exception {
        try (TestBackend backend = TestBackend.start("backend")) {
            Path rules = Files.createDirectories(folder.resolve("rules"));
            Files.writeString(rules.resolve("127.0.0.1"), """
                    {"init": "p", "rules": {
                      "p": {"type": "path", "args": {"pattern": "/here", "succ": "h", "fail": "b"}},
                      "h": {"type": "respond", "args": {"status": 200, "body": "here"}},
                      "b": {"type": "backend", "args": {"servername": "up"}}}}""");
            Path servers = Files.createDirectories(folder.resolve("upstreams/up"));
            Files.writeString(servers.resolve(backend.address()), "");
            try (ServerProcess server = ServerProcess.startWithDescriptors(DESCRIPTORS, "STORE=file:" + folder);
                    Wire early = connect(server.uri())) {
                assertThat(early.get("/here").status()).isEqualTo(200);
                List<Wire> hoard = new ArrayList<>();
                for (int i = 0; i < 2 * DESCRIPTORS; i++) {
                    hoard.add(connect(server.uri()));
                }
                server.await(Pattern.compile("no connection can be taken in"));
                // What logging that took for a moment goes to one connection more.
                server.awaitDescriptors(DESCRIPTORS);

                assertThat(early.get("/here").status()).isEqualTo(200);
                assertThat(early.get("/there").status()).isEqualTo(503);
                assertThat(server.output()).doesNotContain("failed a request");

                for (Wire one : hoard) {
                    one.close();
                }
                server.awaitBody(server.uri() + "/there", "backend /there", SOON);
                assertThat(early.get("/there").status()).isEqualTo(200);
            }
        }
    }

    private static Wire connect(URI uri) throws IOException {
        return Wire.to(uri.getHost(), uri.getPort());
    }
}

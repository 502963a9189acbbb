package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
                    Socket early = connect(server.uri())) {
                assertThat(get(early, "/here")).isEqualTo("HTTP/1.1 200 OK");
                List<Socket> hoard = new ArrayList<>();
                for (int i = 0; i < 2 * DESCRIPTORS; i++) {
                    hoard.add(connect(server.uri()));
                }
                server.await(Pattern.compile("no connection can be taken in"));
                // What logging that took for a moment goes to one connection more.
                server.awaitDescriptors(DESCRIPTORS);

                assertThat(get(early, "/here")).isEqualTo("HTTP/1.1 200 OK");
                assertThat(get(early, "/there")).isEqualTo("HTTP/1.1 503 Service Unavailable");
                assertThat(server.output()).doesNotContain("failed a request");

                for (Socket socket : hoard) {
                    socket.close();
                }
                server.awaitBody(server.uri() + "/there", "backend /there", SOON);
                assertThat(get(early, "/there")).isEqualTo("HTTP/1.1 200 OK");
            }
        }
    }

    private static Socket connect(URI uri) throws IOException {
        return new Socket(uri.getHost(), uri.getPort());
    }

    /** The status line of the answer, whose body is read too. */
    private static String get(Socket socket, String target) throws IOException {
        String request = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String status = in.readLine();
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        in.skip(length);
        return status;
    }
}

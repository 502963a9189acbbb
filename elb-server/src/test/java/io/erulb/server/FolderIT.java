package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderIT {

    @Test
    void aFolderIsReadFollowedAndDumpedTo(@TempDir Path folder) throws Exception {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(rules.resolve("127.0.0.1"), answering("first"));
        try (ServerProcess server = ServerProcess.start("STORE=file:" + folder)) {
            assertThat(Http.get(server.uri(), "/").body()).isEqualTo("first");

            Files.writeString(rules.resolve("localhost"), answering("second"));
            server.awaitBody("http://localhost:" + server.uri().getPort() + "/", "second");

            Http.put(server.uri(), "/__erulb__/domain", "{\"127.0.0.1\": " + answering("third") + "}");
            HttpResponse<String> dumped = Http.put(server.uri(), "/__erulb__/dump", "");
            assertThat(dumped.body()).isEqualTo("{\"msg\":\"OK\"}");
        }

        assertThat(Files.readString(rules.resolve("127.0.0.1"))).contains("third");
        assertThat(Files.readString(rules.resolve("localhost"))).isEqualTo(answering("second"));
    }

    private static String answering(String body) {
        return "{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"respond\",\"args\":{\"status\":200,\"body\":\"" + body
                + "\"}}}}";
    }
}

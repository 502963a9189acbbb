package io.erulb.examples.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LanguageFilterIT {
    private static final Pattern LISTENING = Pattern.compile("listening on (\\S+:\\d+)");
    private static final String RULES = """
            {"127.0.0.1": {"init": "r1", "rules": {
              "r1": {"type": "language", "args": {"is": ["de"], "succ": "german", "fail": "other"}},
              "german": {"type": "respond", "args": {"status": 200, "body": "Hallo"}},
              "other": {"type": "respond", "args": {"status": 200, "body": "Hello"}}}}}
            """;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aRunningServerRoutesByTheFilterOfAJarInItsPlugins(@TempDir Path plugins) throws Exception {
        Files.copy(Path.of(System.getProperty("plugin.jar")), plugins.resolve("custom-filter.jar"));
        Process server = start(plugins);
        try {
            URI root = URI.create("http://" + listening(server) + "/");
            put(root.resolve("/__erulb__/domain"), RULES);

            assertThat(get(root, "de-AT,en;q=0.5")).isEqualTo("Hallo");
            assertThat(get(root, "en")).isEqualTo("Hello");
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static Process start(Path plugins) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-jar", System.getProperty("elb.jar"));
        builder.environment().put("STORE", "memory");
        builder.environment().put("LISTEN", "127.0.0.1:0");
        builder.environment().put("PLUGINS", plugins.toString());
        return builder.redirectErrorStream(true).start();
    }

    private static String listening(Process server) throws IOException {
        BufferedReader output = server.inputReader();
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                return listening.group(1);
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("the server did not start:\n" + seen);
    }

    private void put(URI uri, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofString(body)).build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private String get(URI uri, String language) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("Accept-Language", language).build();
        return client.send(request, BodyHandlers.ofString()).body();
    }
}

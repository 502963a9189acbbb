package io.erulb.server.shell;

import io.erulb.rules.RuleSet;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Calls the admin API of a server.
 *
 * @param server its URL, without the API's path
 * @param token null where it wants none
 */
record AdminCall(URI server, @Nullable String token) {
    private static final Duration WAIT = Duration.ofSeconds(60);

    /**
     * What the server answered.
     *
     * @param isText whether the body is for people to read
     */
    record Answer(boolean isOk, boolean isText, String body) {}

    /**
     * Asks what documents would have done.
     *
     * @param maxMoved the most that may move; null for any
     * @throws IOException when the server can't be asked, with a sentence for people
     */
    Answer whatIf(Map<String, RuleSet> documents, @Nullable String maxMoved) throws IOException, InterruptedException {
        String query = maxMoved == null ? "" : "?max-moved=" + URLEncoder.encode(maxMoved, StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/__erulb__/whatif" + query))
                .timeout(WAIT)
                .header("Accept", "text/plain")
                .POST(BodyPublishers.ofString(body(documents)));
        if (token != null && !token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> answer =
                    HttpClient.newBuilder().connectTimeout(WAIT).build().send(request.build(), BodyHandlers.ofString());
            String type = answer.headers().firstValue("Content-Type").orElse("");
            return new Answer(answer.statusCode() == 200, type.startsWith("text/plain"), answer.body());
        } catch (IOException away) {
            throw new IOException(server + " can't be asked: " + away, away);
        }
    }

    private static String body(Map<String, RuleSet> documents) {
        return documents.entrySet().stream()
                .map(each -> quoted(each.getKey()) + ":" + each.getValue().toJson())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** As RFC 8259 has strings. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\' || c < ' ') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}

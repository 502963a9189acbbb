package io.erulb.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Requests to a server under test; the domain is the host of the URI. */
final class Http {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private Http() {}

    static HttpResponse<String> get(URI root, String target) throws Exception {
        return send(request(root, target).GET());
    }

    static CompletableFuture<HttpResponse<String>> getAsync(URI root, String target) {
        return CLIENT.sendAsync(request(root, target).GET().build(), BodyHandlers.ofString());
    }

    static CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
    }

    static HttpResponse<String> put(URI root, String target, String body) throws Exception {
        return send(request(root, target).PUT(BodyPublishers.ofString(body)));
    }

    static HttpResponse<String> post(URI root, String target, String body) throws Exception {
        return send(request(root, target).POST(BodyPublishers.ofString(body)));
    }

    static HttpResponse<String> delete(URI root, String target, String body) throws Exception {
        return send(request(root, target).method("DELETE", BodyPublishers.ofString(body)));
    }

    static HttpRequest.Builder request(URI root, String target) {
        return HttpRequest.newBuilder(URI.create(root + target)).timeout(TIMEOUT);
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}

package io.erulb.server.imports;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks an etcd for its keys by version 2 of its API, over HTTP, in bounded time. Immutable. */
final class EtcdV2 {
    private final Duration whole;
    private final HttpClient client;

    /** One that takes 5 s to connect and 30 s in all, at most. */
    EtcdV2() {
        this(Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    EtcdV2(Duration connect, Duration whole) {
        this.whole = whole;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connect)
                .build();
    }

    private record Answer(int status, String body) {}

    /**
     * The answer with all keys below a name.
     *
     * @param etcd where it listens: scheme, host and port
     * @throws UnreadableException when there is no such answer, with the reason and what may be done
     */
    String keys(URI etcd, String elbName) throws UnreadableException {
        Answer answer = inTime(HttpRequest.newBuilder(target(etcd, elbName)).build());
        if (answer.status() == 200) {
            return answer.body();
        }
        if (answer.status() != 404) {
            throw new UnreadableException("etcd answers " + answer.status() + ": " + firstLine(answer.body()));
        }
        // Its own errors are JSON; without version 2 the path is not there at all.
        throw new UnreadableException(
                answer.body().contains("\"errorCode\"")
                        ? "etcd has no key /" + elbName
                                + " by version 2 of its API (expected: ELBNAME as the original had it)"
                        : "there is no version 2 of etcd's API (expected: etcd 3.4 or 3.5 started with --enable-v2, or 2.x)");
    }

    private static URI target(URI etcd, String elbName) {
        try {
            String path = "/v2/keys/" + elbName;
            String query = "recursive=true&sorted=true&quorum=true";
            URI uri = new URI(etcd.getScheme(), null, etcd.getHost(), etcd.getPort(), path, query, null);
            return URI.create(uri.toASCIIString());
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private Answer inTime(HttpRequest request) throws UnreadableException {
        FutureTask<Answer> task = new FutureTask<>(() -> exchange(request));
        Thread thread = new Thread(task, "elb-import");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(whole.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new UnreadableException("no whole answer within " + whole.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnreadableException("interrupted");
        } catch (ExecutionException failed) {
            throw new UnreadableException(reason(failed.getCause()));
        } finally {
            task.cancel(true);
        }
    }

    private Answer exchange(HttpRequest request) throws IOException, InterruptedException, UnreadableException {
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            String text = BoundedText.utf8(BoundedText.bytes(body));
            if (text == null) {
                throw new UnreadableException("the answer is not UTF-8");
            }
            return new Answer(response.statusCode(), text);
        }
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure instanceof UnreadableException known) {
            return String.valueOf(known.getMessage());
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection in time (expected: an etcd that can be reached from here)";
        }
        if (failure instanceof ConnectException) {
            return "no connection: nobody listens there, or no host has this name";
        }
        return "no answer that could be read: " + failure;
    }

    private static String firstLine(String body) {
        String line = body.lines().findFirst().orElse("nothing");
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}

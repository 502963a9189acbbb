package io.erulb.examples.balancer;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's jar as a process, with a folder of plugins. */
final class RunningServer implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (\\S+:\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final URI root;

    private RunningServer(Process process) throws IOException {
        this.process = process;
        this.root = URI.create("http://" + listening(process) + "/");
    }

    static RunningServer start(Path plugins) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-jar", System.getProperty("elb.jar"));
        builder.environment().put("STORE", "memory");
        builder.environment().put("LISTEN", "127.0.0.1:0");
        builder.environment().put("PLUGINS", plugins.toString());
        return new RunningServer(builder.redirectErrorStream(true).start());
    }

    private static String listening(Process process) throws IOException {
        BufferedReader output = process.inputReader();
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

    HttpResponse<String> put(String target, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(root.resolve(target))
                .PUT(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** The body of the answer. */
    String get(String target) throws Exception {
        return begin(target).get();
    }

    /** The same, whenever it comes. */
    CompletableFuture<String> begin(String target) {
        HttpRequest request = HttpRequest.newBuilder(root.resolve(target)).build();
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that keeps requests, to try other rules on. */
@Timeout(120)
class WhatIfIT {
    private static final String WHATIF = "/__erulb__/whatif";
    private static final int OTHERS = 50;

    /** Those for a path are answered 200, others 404. */
    private static String rules(String path) {
        return ("{'127.0.0.1':{'init':'r','rules':{"
                        + "'r':{'type':'path','args':{'pattern':'" + path + "','succ':'yes','fail':'no'}},"
                        + "'yes':{'type':'respond','args':{'body':'yes'}},"
                        + "'no':{'type':'respond','args':{'status':404}}}}}")
                .replace('\'', '"');
    }

    private static HttpResponse<String> post(URI root, String target, String body) throws Exception {
        return Http.send(Http.request(root, target).POST(BodyPublishers.ofString(body)));
    }

    @Test
    void triesOtherRulesOnTheRequestsOfLate() throws Exception {
        try (ServerProcess server = ServerProcess.start("STORE=memory WHATIF=3 WHATIF_SAMPLE=2")) {
            Http.put(server.uri(), "/__erulb__/domain", rules("/a"));
            for (int i = 0; i < 10; i++) {
                Http.get(server.uri(), i == 8 ? "/a" : "/b");
            }

            assertThat(post(server.uri(), WHATIF, rules("/b")).body())
                    .startsWith("{\"127.0.0.1\":{\"requests\":3,")
                    .contains("\"moved\":3,\"rejects\":1,");
        }
    }

    @Test
    void takesAPercentSignAsItIsWritten() throws Exception {
        try (ServerProcess server = ServerProcess.start("STORE=memory WHATIF=10")) {
            Http.put(server.uri(), "/__erulb__/domain", rules("/a"));
            Http.get(server.uri(), "/a");
            String body = rules("/b");

            String answer = send(
                    server.uri(),
                    "PUT /__erulb__/domain?max-moved=5% HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                            + "Content-Length: " + body.length() + "\r\n\r\n" + body);

            assertThat(answer).startsWith("HTTP/1.1 409 ").contains("more than 5% of the requests would move");
        }
    }

    @Test
    void saysThatNothingIsKeptWhereNothingIsToBeKept() throws Exception {
        try (ServerProcess server = ServerProcess.start("STORE=memory")) {
            Http.put(server.uri(), "/__erulb__/domain", rules("/a"));

            assertThat(post(server.uri(), WHATIF, rules("/b")).statusCode()).isEqualTo(409);
        }
    }

    @Test
    void aShellAsksAServer(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "s3cret\n");
        Path file = Files.writeString(
                folder.resolve("127.0.0.1.json"), rules("/b").replaceFirst("^\\{\"127.0.0.1\":(.*)}$", "$1"));
        try (ServerProcess server = ServerProcess.start("STORE=memory WHATIF=10 ADMIN_TOKEN=s3cret")) {
            Http.send(Http.request(server.uri(), "/__erulb__/domain")
                    .header("Authorization", "Bearer s3cret")
                    .PUT(BodyPublishers.ofString(rules("/a"))));
            Http.get(server.uri(), "/a");
            List<String> asked = List.of("--server", server.uri().toString(), "--token-file", token.toString());

            assertThat(shell(0, file, asked)).contains("127.0.0.1: 1 of 1 requests would move", "1 from 200 to 404");
            assertThat(shell(1, file, asked, "--max-moved", "50%")).contains("1 of 1 requests would move");
            assertThat(shell(0, file, asked, "--max-moved", "100%")).contains("1 of 1 requests would move");
            assertThat(shell(1, file, asked, "--max-moved", "much")).contains("expected: a percentage such as 5%");
            assertThat(shell(1, file, asked.subList(0, 2))).contains("\"msg\"").doesNotContain("s3cret");
            assertThat(shell(1, folder.resolve("none.json"), asked)).contains("there is no such file");
            assertThat(shell(1, file, List.of("--server", "http://127.0.0.1:1")))
                    .contains("can't be asked");
        }
    }

    private static String shell(int exitCode, Path file, List<String> options, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("whatif", file.toString()));
        arguments.addAll(options);
        arguments.addAll(List.of(more));
        try (ServerProcess shell = ServerProcess.run("STORE=memory", arguments.toArray(String[]::new))) {
            assertThat(shell.exitCode()).as(shell.output()).isEqualTo(exitCode);
            shell.await(Pattern.compile("^$"));
            return shell.output();
        }
    }

    @Test
    void refusesSettingsThatAreNone() throws Exception {
        try (ServerProcess server =
                ServerProcess.run("STORE=memory WHATIF=many WHATIF_SAMPLE=0 WHATIF_SECRETS=cookie:a")) {

            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output())
                    .contains("WHATIF: many (expected: a number from 0 to 1000000)")
                    .contains("WHATIF_SAMPLE: 0 (expected: a number from 1 to 1000000)")
                    .contains("WHATIF_SECRETS: cookie:a (expected: names of headers by comma");
        }
    }

    /**
     * The claim is the ring's: a connection that is open holds what it reads of a request for as long as it lasts, ring or
     * not. So the secrets come on connections that are closed, and others follow before the heap is looked at.
     */
    @Test
    void keepsNoSecretOnItsHeap(@TempDir Path folder) throws Exception {
        try (ServerProcess server =
                ServerProcess.start("STORE=memory WHATIF=1000 WHATIF_SECRETS=X-Session,query:pin")) {
            Http.put(server.uri(), "/__erulb__/domain", rules("/a"));
            for (String secret : List.of("sesame", "filler")) {
                for (int i = 0; i < (secret.equals("sesame") ? 1 : OTHERS); i++) {
                    send(server.uri(), requestWith(secret));
                }
            }
            assertThat(post(server.uri(), WHATIF, rules("/a")).body()).contains("\"requests\":" + (OTHERS + 1));
            Path dump = folder.resolve("heap.hprof");

            server.dumpHeap(dump);

            byte[] heap = Files.readAllBytes(dump);
            assertThat(isIn(heap, "plain-sesame", StandardCharsets.ISO_8859_1))
                    .as("what is kept as it came")
                    .isTrue();
            for (String name : List.of("pin", "token", "bearer", "proxy", "cookie", "bare", "session", "referer")) {
                for (Charset charset :
                        List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                    assertThat(isIn(heap, "sesame-" + name, charset))
                            .as(name + " in " + charset)
                            .isFalse();
                }
            }
        }
    }

    private static String requestWith(String secret) {
        return ("GET /a?pin=S-pin&token=S-token HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nX-Plain: plain-S\r\n"
                        + "Authorization: Bearer S-bearer\r\nProxy-Authorization: Basic S-proxy\r\n"
                        + "Cookie: a=S-cookie; S-bare\r\nX-Session: S-session\r\n"
                        + "Referer: http://127.0.0.1/?token=S-referer\r\n\r\n")
                .replace("S-", secret + "-")
                .replace("plain-S", "plain-" + secret);
    }

    private static String send(URI server, String request) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean isIn(byte[] heap, String text, Charset charset) {
        byte[] wanted = text.getBytes(charset);
        for (int at = 0; at <= heap.length - wanted.length; at++) {
            int same = 0;
            while (same < wanted.length && heap[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }
}

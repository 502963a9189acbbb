package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import io.erulb.routing.RoutingChange;
import io.erulb.server.accesslog.LineFormat;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the access log says of the requests that come in on the data port. */
@Timeout(60)
class AccessLogTest {
    private static final long SEED = 20_260_202;
    private static final String RULES = """
            {"init": "p", "rules": {
              "p": {"type": "path", "args": {"pattern": "/here", "succ": "h", "fail": "to b"}},
              "h": {"type": "respond", "args": {"status": 200, "body": "here"}},
              "to b": {"type": "backend", "args": {"servername": "up"}}}}""";

    @TempDir
    private Path folder;

    private Path log;
    private ServerSocket backend;
    private ElbServer server;

    @BeforeEach
    void listen() throws IOException {
        log = folder.resolve("access.log");
        backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        backend.close();
    }

    private Wire start(String settings) throws Exception {
        server = ElbServer.start(ServerConfig.of(Settings.parse(
                "STORE=memory LISTEN=127.0.0.1:0 DRAIN_TIMEOUT=0 IO_THREADS=1 ACCESS_LOG=" + log + " " + settings)));
        server.routing()
                .apply(RoutingChange.builder()
                        .putUpstream("up", Map.of("127.0.0.1:" + backend.getLocalPort(), ""))
                        .putDomain("127.0.0.1", RULES)
                        .build());
        return connect();
    }

    private Wire connect() throws IOException {
        return Wire.to("127.0.0.1", server.address().getPort());
    }

    /** All of it, once the server has ended. */
    private List<String> lines() throws IOException {
        server.close();
        return Files.readAllLines(log, StandardCharsets.US_ASCII);
    }

    private static JsonObject parsed(String line) {
        JsonReader in = new JsonReader(new StringReader(line));
        in.setStrictness(Strictness.STRICT);
        return JsonParser.parseReader(in).getAsJsonObject();
    }

    private JsonObject onlyLine() throws IOException {
        List<String> lines = lines();
        assertThat(lines).hasSize(1);
        return parsed(lines.get(0));
    }

    @Test
    void aForwardedRequestIsToldWithItsWayAndItsServer() throws Exception {
        Instant before = Instant.now();
        try (Wire client = start("ACCESS_LOG_HEADERS=Accept-Language,X-None")) {
            client.send("GET /a%20b?x=1&y HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: curl/8\r\nReferer: http://r/\r\n"
                    + "Accept-Language: de\r\nAccept-Language: en\r\nAuthorization: Basic c2VjcmV0\r\n"
                    + "Cookie: secret=1\r\nELB-Token: secret\r\n\r\n");
            try (Wire behind = new Wire(backend.accept())) {
                behind.read();
                behind.send("HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello");
                assertThat(client.read().body()).isEqualTo("hello");
            }
        }

        JsonObject line = onlyLine();
        assertThat(Instant.parse(line.remove("time").getAsString())).isBetween(before.minusMillis(1), Instant.now());
        assertThat(line.remove("duration_ms").getAsDouble()).isPositive();
        assertThat(line.remove("upstream_ms").getAsDouble()).isPositive();
        assertThat(line.remove("version").getAsLong())
                .isEqualTo(server.routing().current().version());
        assertThat(line)
                .isEqualTo(parsed("""
                        {"client": "127.0.0.1", "method": "GET", "scheme": "http", "host": "127.0.0.1",
                         "target": "/a%%20b?x=1&y", "protocol": "HTTP/1.1", "status": 201, "bytes": 5,
                         "domain": "127.0.0.1", "revision": %d, "path": "p- to b", "upstream": "up",
                         "server": "127.0.0.1:%d", "tries": 1, "user_agent": "curl/8", "referer": "http://r/",
                         "headers": {"Accept-Language": "de, en"}}""".formatted(server.routing().current().sourceRevision(), backend.getLocalPort())));
    }

    @ParameterizedTest
    @CsvSource({
        "GET /here, 127.0.0.1, 200, 4, p+ h",
        "HEAD /here, 127.0.0.1, 200, 0, p+ h",
        "GET /, unknown.local, 404, 52, ",
        "GET /a%00, 127.0.0.1, 400, 39, ",
        "TRACE /, 127.0.0.1, 405, 47, ",
        "GET /__erulb__/nothing, 127.0.0.1, 404, 35, "
    })
    void soIsOneThatGoesNoFurther(String request, String host, int status, long bytes, String path) throws Exception {
        try (Wire client = start("")) {
            client.send(request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(status);
        }

        JsonObject line = onlyLine();
        assertThat(line.get("status").getAsInt()).isEqualTo(status);
        assertThat(line.get("host").getAsString()).isEqualTo(host);
        assertThat(line.get("path") == null ? null : line.get("path").getAsString())
                .isEqualTo(path);
        assertThat(line.has("upstream") || line.has("server")).isFalse();
        assertThat(line.get("bytes").getAsLong()).isEqualTo(bytes);
    }

    @Test
    void bytesAreThoseOfTheBodyHoweverItIsFramed() throws Exception {
        String large = "x".repeat(300_000);
        try (Wire client = start("")) {
            for (int i = 0; i < 2; i++) {
                client.send("GET / HTTP/1.0\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n\r\n");
                try (Wire behind = new Wire(backend.accept())) {
                    behind.read();
                    behind.send("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nConnection: close\r\n\r\n" + large);
                    assertThat(client.read().body()).hasSize(300_000);
                }
            }
            client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            try (Wire behind = new Wire(backend.accept())) {
                behind.read();
                behind.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + large);
            }
            client.read();
            while (!client.isEnded()) {
                Thread.onSpinWait();
            }
        }

        assertThat(lines()).hasSize(3).allMatch(line -> line.contains("\"bytes\":300000,"));
    }

    @Test
    void aClientThatLeftIsToldAs499() throws Exception {
        try (Wire client = start("")) {
            client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            try (Wire behind = new Wire(backend.accept())) {
                behind.read();
                client.reset();
                assertThat(behind.isEnded()).isTrue();
            }
        }

        JsonObject line = onlyLine();
        assertThat(line.get("status").getAsInt()).isEqualTo(499);
        assertThat(line.get("path").getAsString()).isEqualTo("p- to b");
    }

    @Test
    void whatAServerThatIsNotThereCostIsTold() throws Exception {
        try (Wire client = start("")) {
            int port = backend.getLocalPort();
            backend.close();
            assertThat(client.get("/").status()).isEqualTo(502);

            JsonObject line = onlyLine();
            assertThat(line.get("status").getAsInt()).isEqualTo(502);
            assertThat(line.get("tries").getAsInt()).isEqualTo(1);
            assertThat(line.get("server").getAsString()).isEqualTo("127.0.0.1:" + port);
        }
    }

    @Test
    void whoCameThroughATrustedProxyIsTheClient() throws Exception {
        try (Wire client = start("TRUSTED_PROXIES=127.0.0.1")) {
            client.send("GET / HTTP/1.1\r\nHost: unknown.local\r\nX-Forwarded-For: 1.1.1.1, 192.0.2.7\r\n\r\n")
                    .read();
        }

        assertThat(onlyLine().get("client").getAsString()).isEqualTo("192.0.2.7");
    }

    @Test
    void whateverAClientSendsIsReadFromItsLine() throws Exception {
        Random random = new Random(SEED);
        String[] sent = new String[2_000];
        try (Wire client = start("ACCESS_LOG_HEADERS=X-Any")) {
            for (int i = 0; i < sent.length; i++) {
                sent[i] = random(random);
                client.send("GET /here?" + i + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: " + sent[i] + "\r\nX-Any: "
                                + sent[i] + "\r\n\r\n")
                        .read();
            }
        }

        List<String> lines = lines();
        assertThat(lines).hasSize(sent.length);
        for (int i = 0; i < sent.length; i++) {
            JsonObject line = parsed(lines.get(i));
            assertThat(line.get("target").getAsString()).isEqualTo("/here?" + i);
            assertThat(line.get("user_agent").getAsString()).isEqualTo(sent[i]);
            assertThat(line.getAsJsonObject("headers").get("X-Any").getAsString())
                    .isEqualTo(sent[i]);
        }
    }

    /** What a field's value may have in it (RFC 9110 5.5): visible characters, blanks, and bytes beyond ASCII, UTF-8 or not. */
    private static String random(Random random) {
        StringBuilder value = new StringBuilder("x");
        for (int left = random.nextInt(30); left > 0; left--) {
            int c = random.nextInt(256);
            value.append(c < ' ' || c == 0x7f ? "\"\\\t {}".charAt(c % 6) : (char) c);
        }
        return value.append('x').toString();
    }

    @Test
    void whatIsTooLongIsCutAndNamed() throws Exception {
        try (Wire client = start("ACCESS_LOG_HEADERS=X-Any")) {
            client.send("GET /here?" + "q".repeat(9_000) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Any: " + "x".repeat(5_000)
                            + "\r\n\r\n")
                    .read();
        }

        JsonObject line = onlyLine();
        assertThat(line.get("target").getAsString()).hasSize(4_099).endsWith("qqq...");
        assertThat(line.get("cut").toString()).isEqualTo("[\"target\",\"headers.X-Any\"]");
    }

    @Test
    void explainTakesALineBackAndComesToTheSameWay() throws Exception {
        try (Wire client = start("ACCESS_LOG_HEADERS=X-Team")) {
            server.routing()
                    .apply(RoutingChange.builder().putDomain("127.0.0.1", """
                            {"init": "who", "rules": {
                              "who": {"type": "ua", "args": {"pattern": "^b\\u00e4r$", "succ": "team"}},
                              "team": {"type": "header", "args": {"name": "X-Team", "equals": "blue", "succ": "no b", "fail": "ok"}},
                              "no b": {"type": "respond", "args": {"status": 403}},
                              "ok": {"type": "query", "args": {"name": "x", "equals": "1", "succ": "no b"}}}}""").build());
            client.send("GET /a?x=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: b\u00e4r\r\nX-Team: red\r\n\r\n")
                    .read();
            while (Files.size(log) == 0) {
                Thread.onSpinWait();
            }
            URI root = URI.create("http://127.0.0.1:" + server.address().getPort());

            JsonObject told = JsonParser.parseString(
                            Http.send(Http.request(root, "/__erulb__/explain").POST(BodyPublishers.ofFile(log)))
                                    .body())
                    .getAsJsonObject();

            assertThat(told.get("path").getAsString()).isEqualTo("who+ team- ok+ no b");
            assertThat(told.get("logged").toString()).contains("\"path\":\"who+ team- ok+ no b\"");
            assertThat(told.get("same").getAsBoolean()).isTrue();
            assertThat(told.get("changed").getAsBoolean()).isFalse();
        }
    }

    @Test
    void combinedIsAsWebServersWriteIt() throws Exception {
        try (Wire client = start("ACCESS_LOG_FORMAT=combined")) {
            client.send("GET /here?\"q\" HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: a \"b\" \u00e4\\\r\n\r\n")
                    .read();
        }

        assertThat(lines())
                .singleElement()
                .asString()
                .matches(
                        "127\\.0\\.0\\.1 - - \\["
                                + "[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} \\+0000] "
                                + "\"GET /here\\?\\\\x22q\\\\x22 HTTP/1\\.1\" 200 4 \"-\" \"a \\\\x22b\\\\x22 \\\\xe4\\\\x5c\"");
    }

    @Test
    void aFormatOfOnesOwnHasWhatItNames() throws Exception {
        String format =
                "${elb_domain}|$elb_path|$elb_upstream|$upstream_addr|$elb_tries|$status|$http_x_a|$request_uri";
        try (Wire client = start("ACCESS_LOG_FORMAT=" + format)) {
            client.send("GET /here HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: a b\r\n\r\n")
                    .read();
            client.send("GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            try (Wire behind = new Wire(backend.accept())) {
                behind.read();
                behind.send("HTTP/1.1 204 No Content\r\n\r\n");
                client.read();
            }
            client.send("GET /y HTTP/1.1\r\nHost: unknown.local\r\n\r\n").read();
        }

        assertThat(lines())
                .containsExactly(
                        "127.0.0.1|p+ h|-|-|-|200|a b|/here",
                        "127.0.0.1|p- to b|up|127.0.0.1:" + backend.getLocalPort() + "|1|204|-|/x",
                        "-|-|-|-|-|404|-|/y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ACCESS_LOG_FORMAT=$nothing",
                "ACCESS_LOG_FORMAT=$http_elb_token",
                "ACCESS_LOG_FORMAT=${http_ELB_Token}",
                "ACCESS_LOG_FORMAT=a $",
                "ACCESS_LOG_FORMAT=a\nb",
                "ACCESS_LOG_HEADERS=a b",
                "ACCESS_LOG_HEADERS=X-A,ELB-Token"
            })
    void whatCanNotBeLoggedIsRefused(String setting) {
        assertThatThrownBy(() -> ServerConfig.of(Settings.parse(setting)))
                .isInstanceOf(ServerConfigException.class)
                .hasMessageStartingWith(setting.replaceFirst("=", ": ") + " (expected: ");
    }

    @Test
    void aFileThatCanNotBeWrittenStopsTheServer() {
        Path missing = folder.resolve("none/access.log");

        assertThatThrownBy(() -> ElbServer.start(ServerConfig.of(Settings.parse("STORE=memory ACCESS_LOG=" + missing))))
                .isInstanceOf(ServerStartException.class)
                .hasMessageStartingWith("ACCESS_LOG: " + missing + " (expected: a file that can be written; ");
    }

    @Test
    void theFileIsNotForEverybodyToRead() throws Exception {
        start("").close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                .endsWith("---");
    }

    @Test
    void everyVariableIsDocumented() throws Exception {
        String page = Files.readString(Path.of("../docs/access-log.md"));

        assertThat(LineFormat.variables()).allSatisfy(name -> assertThat(page).contains("`$" + name + "`"));
    }
}

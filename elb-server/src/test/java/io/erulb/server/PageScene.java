package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A server with something to look at, and two backends. */
final class PageScene implements AutoCloseable {
    static final String ADMIN = "/__erulb__/";

    /** The rules of {@code localhost}, as they are at first. */
    static final String RULES = """
            {"init": "r1", "rules": {
              "r1": {"type": "ua", "args": {"pattern": "httpie(\\\\S+)$", "succ": "r4", "fail": "r3"}},
              "r2": {"type": "backend", "args": {"servername": "blue"}},
              "r3": {"type": "backend", "args": {"servername": "green"}},
              "r4": {"type": "path", "args": {"pattern": "/blog/", "succ": "r2", "fail": "r3"}}}}""";

    private static final String SHOP = """
            {"init": "admin", "rules": {
              "admin": {"type": "path", "args": {"pattern": "/admin", "succ": "inside", "fail": "api"}},
              "inside": {"type": "client", "args": {"cidr": ["10.0.0.0/8", "::1"], "succ": "back", "fail": "no"}},
              "no": {"type": "respond", "args": {"status": 403, "body": "not from here"}},
              "api": {"type": "path", "args": {"pattern": "/api/", "succ": "canary", "fail": "old"}},
              "canary": {"type": "split", "args": {"percent": 10, "succ": "next", "fail": "now"}},
              "now": {"type": "backend", "args": {"servername": "blue"}},
              "next": {"type": "backend", "args": {"servername": "green"}},
              "old": {"type": "path", "args": {"pattern": "/shop/", "succ": "moved", "fail": "web"}},
              "moved": {"type": "redirect", "args": {"status": 301, "location": "https://shop.example/"}},
              "web": {"type": "backend", "args": {"servername": "blue"}},
              "back": {"type": "backend", "args": {"servername": "green"}}}}""";

    /** Of the server, by its address. */
    final URI uri;

    private final ServerProcess server;
    private final TestBackend blue = TestBackend.start("blue");
    private final TestBackend green = TestBackend.start("green");

    private PageScene() throws IOException, InterruptedException {
        server = ServerProcess.start("STORE=memory WHATIF=1000");
        uri = server.uri();
    }

    static PageScene start() throws Exception {
        PageScene scene = new PageScene();
        scene.reset();
        return scene;
    }

    /** Puts back what every test begins with. */
    void reset() throws Exception {
        List<String> others = JsonParser.parseString(rules()).getAsJsonObject().keySet().stream()
                .filter(name -> !name.equals("localhost") && !name.equals("shop.example"))
                .map(name -> '"' + name + '"')
                .toList();
        Http.delete(uri, ADMIN + "domain?to=store", others.toString());
        change("{\"domains\":{\"localhost\":" + RULES + ",\"shop.example\":" + SHOP + "},\"upstreams\":{\"blue\":{\""
                + blue.address() + "\":\"weight=2\"},\"green\":{\"" + green.address()
                + "\":\"\",\"192.0.2.1:80\":\"down\"}}}");
    }

    /** Writes to the store, with a word why. */
    void change(String config) throws Exception {
        assertThat(Http.send(Http.request(uri, ADMIN + "config?to=store")
                                .header("X-Change-Message", "what the tests begin with")
                                .PUT(BodyPublishers.ofString(config)))
                        .body())
                .isEqualTo("{\"msg\":\"OK\"}");
    }

    /** The address of a view. */
    String view(String path) {
        return uri + ADMIN + "#" + path;
    }

    /** Where requests of the domain {@code localhost} go. */
    URI localhost() {
        return URI.create("http://localhost:" + uri.getPort());
    }

    /** Sends so many requests from httpie, one after the other. */
    void send(int requests, String target) throws Exception {
        for (int sent = 0; sent < requests; sent++) {
            Http.send(Http.request(localhost(), target).header("User-Agent", "httpie/3.2"));
        }
    }

    /** The rules of all domains as the API tells them. */
    String rules() throws Exception {
        return Http.get(uri, ADMIN + "domain").body();
    }

    /** So many domains that lead to an upstream. */
    static String domains(int count) {
        return IntStream.range(0, count)
                .mapToObj(at -> "\"d%03d.example\":%s".formatted(at, Documents.toBackend("blue", at)))
                .collect(Collectors.joining(",", "{\"domains\":{", "}}"));
    }

    /** One domain with so many rules, of which each but the last leads to the next or away. */
    static String chain(String domain, int rules) {
        String filters = IntStream.range(0, rules - 2)
                .mapToObj(at ->
                        "\"r%d\":{\"type\":\"path\",\"args\":{\"pattern\":\"/%d/\",\"succ\":\"%s\",\"fail\":\"%s\"}},"
                                .formatted(at, at, "blue", at == rules - 3 ? "green" : "r" + (at + 1)))
                .collect(Collectors.joining());
        return "{\"domains\":{\"" + domain + "\":{\"init\":\"r0\",\"rules\":{" + filters
                + "\"blue\":{\"type\":\"backend\",\"args\":{\"servername\":\"blue\"}},"
                + "\"green\":{\"type\":\"backend\",\"args\":{\"servername\":\"green\"}}}}}}";
    }

    @Override
    public void close() {
        server.close();
        blue.close();
        green.close();
    }
}

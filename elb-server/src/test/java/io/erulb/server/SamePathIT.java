package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.erulb.rules.FilterTypes;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same rules explained by the library, over HTTP, in a shell and on the page. */
@Timeout(180)
class SamePathIT {
    private static final String DOMAIN = "path.local";
    private static final String RULES = """
            {"init": "phones", "rules": {
              "phones": {"type": "ua", "args": {"pattern": "android|iphone", "succ": "moved", "fail": "api"}},
              "moved": {"type": "redirect", "args": {"status": 302, "location": "https://m.path.local/"}},
              "api": {"type": "path", "args": {"regex": true, "rewrite": true, "pattern": "^/api/(.*)$",
                "succ": "inside", "fail": "web"}},
              "inside": {"type": "client", "args": {"cidr": "10.0.0.0/8", "succ": "v2"}},
              "v2": {"type": "path", "args": {"pattern": "/v2/", "succ": "next", "fail": "web"}},
              "next": {"type": "backend", "args": {"servername": "green"}},
              "web": {"type": "backend", "args": {"servername": "blue"}}}}""";
    private static final Pattern SHELL_STEP = Pattern.compile("(?m)^  (\\S+) \\S+(?:.*, (succ|fail) -> \\S+)?.*$");

    private static Browser browser;
    private static PageScene scene;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        scene = PageScene.start();
        scene.change("{\"domains\":{\"" + DOMAIN + "\":" + RULES + "}}");
        browser.open(scene.view("/domain/" + DOMAIN));
    }

    @AfterAll
    static void close() {
        browser.close();
        scene.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v2/users, curl/8, 10.1.2.3, phones- api+ inside+ v2+ next",
        "/api/v1/users, curl/8, 10.1.2.3, phones- api+ inside+ v2- web",
        "/api/v2/users, curl/8, 192.0.2.1, phones- api+ inside-",
        "/about, curl/8, 192.0.2.1, phones- api- web",
        "/api/v2/, an iPhone, 10.1.2.3, phones+ moved",
    })
    void isTheSamePath(String target, String agent, String client, String path) throws Exception {
        String url = "http://" + DOMAIN + target;

        assertThat(byLibrary(url, agent, client)).isEqualTo(path);
        assertThat(byHttp(url, agent, client)).isEqualTo(path);
        assertThat(byShell(url, agent, client)).isEqualTo(path);
        assertThat(byPage(url, agent, client)).isEqualTo(path);
        assertThat(litUp()).isEqualTo(path);
    }

    private static String byLibrary(String url, String agent, String client) {
        return RuleGraph.compile(DOMAIN, RuleSet.parse(RULES), FilterTypes.installed())
                .explain(RequestFacts.get(url).withHeader("User-Agent", agent).withClient(client))
                .path();
    }

    private static String byHttp(String url, String agent, String client) throws Exception {
        String request =
                "{\"url\":\"%s\",\"headers\":{\"User-Agent\":\"%s\"},\"client\":\"%s\"}".formatted(url, agent, client);
        String answer =
                Http.post(scene.uri, PageScene.ADMIN + "explain", request).body();
        return JsonParser.parseString(answer).getAsJsonObject().get("path").getAsString();
    }

    private String byShell(String url, String agent, String client) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(DOMAIN + ".json"), RULES);
        try (ServerProcess shell = ServerProcess.run(
                "STORE=memory",
                "explain",
                file.toString(),
                "--url",
                url,
                "-H",
                "User-Agent: " + agent,
                "--client",
                client)) {
            assertThat(shell.exitCode()).isZero();
            shell.await(Pattern.compile("^=> "));
            return SHELL_STEP
                    .matcher(shell.output())
                    .results()
                    .map(step -> step.group(1) + sign(String.valueOf(step.group(2))))
                    .collect(Collectors.joining(" "));
        }
    }

    private static String byPage(String url, String agent, String client) {
        browser.write("form input[required]", url);
        browser.write("form textarea", "User-Agent: " + agent);
        browser.write("form input[placeholder]", client);
        browser.press("Explain");
        browser.see(".explanation .asked", url + " | User-Agent: " + agent + " from " + client);
        return browser.text(".explanation .way");
    }

    /** The path as it can be read off the drawing: the rule that is lit, the edge that is, the next rule. */
    private static String litUp() {
        List<String> edges = browser.attributes(".edge.lit", "data-edge");
        List<String> from = browser.attributes(".edge.lit", "data-from");
        return browser.texts(".steps li strong").stream()
                .filter(browser.attributes(".rule.lit", "data-rule")::contains)
                .map(rule -> rule + (from.contains(rule) ? sign(edges.get(from.indexOf(rule))) : ""))
                .collect(Collectors.joining(" "));
    }

    private static String sign(String edge) {
        return switch (edge) {
            case "succ" -> "+";
            case "fail" -> "-";
            default -> "";
        };
    }
}

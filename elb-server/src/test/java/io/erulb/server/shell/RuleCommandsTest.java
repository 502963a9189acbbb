package io.erulb.server.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.FilterTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rule documents in files say, without a server. */
class RuleCommandsTest {
    private static final String GOOD = """
            {'init': 'r1', 'rules': {
              'r1': {'type': 'header', 'args': {'name': 'X-Team', 'equals': 'blue', 'succ': 'r2'}},
              'r2': {'type': 'backend', 'args': {'servername': 'up1'}}}}""".replace('\'', '"');

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Path good;
    private Path bad;

    @BeforeEach
    void write() throws IOException {
        good = Files.writeString(folder.resolve("t.local.json"), GOOD);
        bad = Files.writeString(
                folder.resolve("bad.test.json"),
                GOOD.replace("backend", "backened").replace("\"r2\"}}", "\"r3\"}}"));
    }

    private int run(Object... arguments) {
        List<String> texts = Stream.of(arguments).map(Object::toString).toList();
        return RuleCommands.run(texts, FilterTypes::installed, new PrintStream(out), new PrintStream(err));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void lintSaysNothingOfOnesThatDoWhatTheySay() throws IOException {
        Files.writeString(good, GOOD.replace("\"r2\"}}", "\"r2\", \"fail\": \"r2\"}}"));

        assertThat(run("lint", "--strict", good)).isZero();
        assertThat(printed() + complained()).isEmpty();
    }

    @Test
    void lintShowsWhatAnAuthorMayNotHaveMeant() {
        assertThat(run("lint", good)).isZero();
        assertThat(printed())
                .isEqualToNormalizingNewlines(good
                        + ": t.local: rule r1, fail: the rule has no fail edge, so that requests such as this one get 403"
                        + " (ends_in_403)\n  GET http://t.local/ | client 192.0.2.1  =>  r1-\n");
        assertThat(run("lint", "--strict", good)).isEqualTo(1);
    }

    @Test
    void lintSaysEachFaultWithItsPlace() {
        assertThat(run("lint", bad)).isEqualTo(1);

        assertThat(printed().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith(bad + ": bad.test: rule r"))
                .anyMatch(line -> line.contains("rule r1: succ: \"r3\""))
                .anyMatch(line -> line.contains("rule r2: type: \"backened\""));
    }

    @Test
    void lintSaysWhereJsonIsMalformed() throws IOException {
        Path malformed = Files.writeString(folder.resolve("m.test.json"), "{\"init\": ");

        assertThat(run("lint", malformed)).isEqualTo(1);
        assertThat(printed()).startsWith(malformed + ": m.test: ");
    }

    @Test
    void explainShowsTheWay() {
        int code = run(
                "explain",
                good,
                "--url",
                "http://t.local/a",
                "-X",
                "POST",
                "-H",
                "X-Team: blue",
                "--client",
                "192.0.2.1");

        assertThat(printed()).isEqualTo("""
                POST http://t.local/a from 192.0.2.1
                  r1 header   "blue" matches "X-Team: equals blue", succ -> r2
                  r2 backend
                => upstream up1, path as it came
                """);
        assertThat(code).isZero();
    }

    @Test
    void explainSaysWhatIsWrongWithTheDocument() {
        assertThat(run("explain", bad, "--url", "http://t.local/a")).isEqualTo(1);
        assertThat(printed()).contains("rule r2: type: \"backened\"");
    }

    private static String line(String domain, String team, String path) {
        return "{'time':'2026-01-31T12:00:00.123Z','client':'192.0.2.1','method':'GET','scheme':'http','host':'t.local',"
                        .replace('\'', '"')
                + "'target':'/a','status':200,'domain':'%s','version':1,'revision':7,'path':'%s','headers':{'X-Team':'%s'}}"
                        .formatted(domain, path, team)
                        .replace('\'', '"')
                + "\n";
    }

    @Test
    void explainTakesLinesOfTheAccessLog() throws IOException {
        Path log = Files.writeString(
                folder.resolve("access.log"),
                line("t.local", "blue", "r1+ r2") + "\n" + line("t.local", "red", "r1-") + line("o.test", "red", "r9"));

        assertThat(run("explain", good, "--log", log)).isZero();

        assertThat(printed()).isEqualTo("""
                GET http://t.local/a from 192.0.2.1
                  r1 header   "blue" matches "X-Team: equals blue", succ -> r2
                  r2 backend
                => upstream up1, path as it came
                logged: r1+ r2, the same

                GET http://t.local/a from 192.0.2.1
                  r1 header  "red" does not match "X-Team: equals blue", fail -> nowhere
                => 403: rule r1 has no fail edge
                logged: r1-, the same

                1 of other domains were left out
                """);
    }

    @Test
    void explainEndsWith1WhereALoggedRequestWouldGoAnotherWay() throws IOException {
        Path log = Files.writeString(
                folder.resolve("access.log"),
                line("t.local", "red", "r1+ r2") + line("t.local", "red", "old- r1-") + line("t.local", "red", "r1-"));

        assertThat(run("explain", good, "--log", log)).isEqualTo(1);

        assertThat(printed())
                .contains("logged: r1+ r2, which is not the same\n\n")
                .contains(
                        "logged: old- r1-, which is not the same\n   these rules have no such way: path: \"old- r1-\": ")
                .contains("logged: r1-, the same\n")
                .endsWith("\n2 would go another way; fields that were not logged may make the difference\n");
    }

    @Test
    void explainReadsLinesFromStandardInput() {
        InputStream usual = System.in;
        System.setIn(new ByteArrayInputStream(line("t.local", "blue", "r1+ r2").getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("explain", good, "--log", "-")).isZero();
        } finally {
            System.setIn(usual);
        }

        assertThat(printed()).endsWith("logged: r1+ r2, the same\n\n");
    }

    @Test
    void explainNamesLinesThatCanNotBeExplainedAndGoesOn() throws IOException {
        String way = line("t.local", "blue", "r1+ r2");
        Path log = Files.writeString(
                folder.resolve("access.log"),
                "GET / 200\n" + way.replace("/a", "*") + way.replace("/a", "/a%4") + way + way.substring(0, 90));

        assertThat(run("explain", good, "--log", log)).isZero();

        assertThat(printed())
                .startsWith("line 1 can't be explained: malformed JSON")
                .contains("\nline 2 can't be explained: target: * (expected: a path)\n\n")
                .contains("\nline 3 can't be explained: ", "logged: r1+ r2, the same", "\nline 5 can't be explained: ")
                .endsWith("\n4 could not be explained\n");
    }

    @Test
    void explainEndsWith1WhereThereIsNothingToExplain() throws IOException {
        Path log = Files.writeString(folder.resolve("access.log"), "GET / 200\n");

        assertThat(run("explain", good, "--log", log)).isEqualTo(1);
        assertThat(run("explain", good, "--log", folder.resolve("none.log"))).isEqualTo(1);
        assertThat(complained()).contains("none.log: there is no such file");
    }

    @Test
    void graphPrintsWhatAnotherProgramDraws() {
        assertThat(run("graph", good)).isZero();
        assertThat(printed()).startsWith("digraph \"t.local\" {");
        out.reset();

        assertThat(run("graph", good, "--format", "mermaid")).isZero();
        assertThat(printed()).startsWith("flowchart TD");
        out.reset();

        assertThat(run("graph", good, "--format", "svg")).isZero();
        assertThat(printed()).startsWith("<svg ").endsWith("</svg>\n");
        assertThat(run("graph", good, "--format", "gif")).isEqualTo(2);
        assertThat(run("graph", bad)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--url ftp://x/",
                "--url http://x/ -H X-Team",
                "--url http://x/ --client me",
                "",
                "--path /",
                "--url http://x/ --log -"
            })
    void badUsageIsToldApart(String arguments) {
        Object[] all = Stream.concat(
                        Stream.of("explain", good),
                        Stream.of(arguments.split(" ", -1)).filter(each -> !each.isEmpty()))
                .toArray();

        assertThat(run(all)).isEqualTo(2);
        assertThat(complained()).contains("Usage: explain FILE --url URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lint", "explain"})
    void aFileThatIsNotThereIsTold(String command) {
        Object[] all = command.equals("lint")
                ? new Object[] {command, folder.resolve("none.json")}
                : new Object[] {command, folder.resolve("none.json"), "--url", "http://x/"};

        assertThat(run(all)).isEqualTo(1);
        assertThat(complained())
                .isEqualTo("elb: " + command + ": " + folder.resolve("none.json") + ": there is no such file\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lint", "explain", "graph", "test", "whatif"})
    void helpIsPrinted(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(printed()).startsWith("Usage: " + command).contains("Exit code:");
    }

    /** Writes a document with a test that passes, and one of the name that expects a status. */
    private Path tested(String file, String expect) throws IOException {
        String tests = """
                , 'tests': [
                  {'name': 'blue', 'request': {'url': '/', 'headers': {'X-Team': 'blue'}}, 'expect': {'backend': 'up1'}},
                  {'name': 'red', 'request': {'url': '/', 'headers': {'X-Team': 'red'}}, 'expect': {%s}}]}""".formatted(expect);
        String rules = GOOD.substring(0, GOOD.length() - 1);
        return Files.writeString(folder.resolve(file), rules + tests.replace('\'', '"'));
    }

    @Test
    void testPrintsALineForEachTest() throws IOException {
        Path file = tested("a.test.json", "'status': 403");

        assertThat(run("test", file, good)).isZero();
        assertThat(printed()).isEqualTo("ok      %1$s: blue\nok      %1$s: red\n2 tests, 0 failed\n".formatted(file));
    }

    @Test
    void testSaysWhyOneFails() throws IOException {
        Path file = tested("a.test.json", "'backend': 'up2'");

        assertThat(run("test", file)).isEqualTo(1);
        assertThat(printed()).isEqualTo("""
                ok      %1$s: blue
                FAILED  %1$s: red: expected backend up2, found 403: rule r1 has no fail edge (r1-)
                          r1 header  "red" does not match "X-Team: equals blue", fail -> nowhere
                        => 403: rule r1 has no fail edge
                2 tests, 1 failed
                """.formatted(file));
    }

    @Test
    void testTellsFilesThatItCannotTest() throws IOException {
        Path file = tested("a.test.json", "'backend': 'up2'");
        Path none = folder.resolve("none.json");

        assertThat(run("test", bad, none, file)).isEqualTo(2);
        assertThat(printed().lines().toList())
                .contains("FAULTY  " + none + ": there is no such file", "2 tests, 1 failed, 2 files not tested")
                .anyMatch(line -> line.startsWith("FAULTY  " + bad + ": bad.test: rule r1: succ: \"r3\""));
    }

    @Test
    void testTellsPrograms() throws IOException {
        Path file = tested("a.test.json", "'backend': 'up2'");

        assertThat(run("test", file, folder.resolve("none.json"), "--json")).isEqualTo(2);
        assertThat(printed())
                .startsWith("[{\"file\":\"" + file + "\",\"faults\":[],\"tests\":[{\"name\":\"blue\",\"passed\":true,")
                .contains(
                        "\"expected\":\"backend up2\",\"found\":\"403: rule r1 has no fail edge (r1-)\",\"path\":\"r1-\"")
                .contains("none.json: there is no such file\"],\"tests\":[]}]");
    }

    @Test
    void aTestThatFailsIsAFaultToLint() throws IOException {
        Path file = tested("a.test.json", "'backend': 'up2'");

        assertThat(run("lint", file)).isEqualTo(1);
        assertThat(printed()).startsWith(file + ": a.test: tests[1]: \"red\" fails: expected backend up2, found 403");
    }

    @Test
    void nothingIsColouredWithoutATerminal() throws IOException {
        run("test", tested("a.test.json", "'backend': 'up2'"));

        assertThat(printed()).doesNotContain("\u001b");
    }
}

package io.erulb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a request that might be made goes where it goes. */
final class ExplainTest {
    private static final String EXPLAIN = "/__erulb__/explain";
    private static final String CONFIG = """
            {'domains': {
               't.local': {'init': 'r1', 'rules': {
                 'r1': {'type': 'ua', 'args': {'pattern': 'curl', 'succ': 'r3', 'fail': 'r2'}},
                 'r2': {'type': 'path', 'args': {'regex': true, 'rewrite': true, 'pattern': '^/blog/(.*)$', 'succ': 'r3'}},
                 'r3': {'type': 'backend', 'args': {'servername': 'up1'}}}},
               '*.wild.test': {'init': 'r', 'rules': {'r': {'type': 'backend', 'args': {'servername': 'nowhere'}}}},
               'moved.test': {'init': 'r', 'rules': {
                 'r': {'type': 'redirect', 'args': {'status': 301, 'location': 'https://t.local/'}}}}},
             'upstreams': {'up1': {'127.0.0.1:1': '', '127.0.0.1:2': 'down', '127.0.0.1:3': 'backup'}}}""".replace('\'', '"');

    private final AdminFixture elb = AdminFixture.start();

    @BeforeEach
    void configure() {
        assertThat(elb.callWith(CONFIG, "PUT", "/__erulb__/config").body()).isEqualTo("{\"msg\":\"OK\"}");
    }

    @AfterEach
    void stop() {
        elb.close();
    }

    private HttpResponse<String> explain(String body, String... headers) {
        return elb.callWith(body.replace('\'', '"'), "POST", EXPLAIN, headers);
    }

    @Test
    void tellsEachStepAndTheServersThatMayGetTheRequest() {
        HttpResponse<String> answer = explain("{'url': 'http://t.local/blog/a', 'headers': {'User-Agent': 'Firefox'}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().replace('"', '\''))
                .startsWith("{'request':'GET http://t.local/blog/a','domain':'t.local','matched':'exact','version':")
                .contains(
                        "'steps':[{'rule':'r1','type':'ua','value':'Firefox','pattern':'curl','matched':false,"
                                + "'edge':'fail','next':'r2'},"
                                + "{'rule':'r2','type':'path','value':'/blog/a','pattern':'^/blog/(.*)$','matched':true,"
                                + "'captures':{'1':'a'},'edge':'succ','next':'r3','rewritten':'/a'},"
                                + "{'rule':'r3','type':'backend'}],'path':'r1- r2+ r3',"
                                + "'decision':{'upstream':'up1','path':'/a','servers':[",
                        "{'addr':'127.0.0.1:1','state':'up',",
                        "'candidate':true},{'addr':'127.0.0.1:2','state':'down','reason':'as configured',",
                        "'candidate':false,'why':'marked down'},{'addr':'127.0.0.1:3','state':'up',",
                        "'candidate':false,'why':'a backup, and another server may be tried'}]}}");
    }

    @Test
    void anAbsentEdgeIsTheEnd() {
        assertThat(explain("{'url': 'http://t.local/'}").body())
                .contains("\"path\":\"r1- r2-\"", "\"edge\":\"fail\",\"next\":null", "\"status\":403");
    }

    @ParameterizedTest
    @CsvSource({
        "http://T.local.:81/, t.local, host",
        "http://t.local/, t.local, exact",
        "http://a.b.wild.test/, *.wild.test, wildcard"
    })
    void theDomainIsFoundAsForARequest(String url, String domain, String how) {
        assertThat(explain("{'url': '" + url + "'}").body())
                .contains("\"domain\":\"" + domain + "\",\"matched\":\"" + how + "\"");
    }

    @Test
    void whatIsNoUpstreamIsTold() {
        assertThat(explain("{'url': 'http://none.test/'}").body())
                .contains("\"steps\":[],\"path\":\"\"")
                .endsWith("\"decision\":{\"status\":404,\"reason\":\"no domain of this name is configured\"}}");
        assertThat(explain("{'url': 'http://a.wild.test/'}").body())
                .endsWith("\"decision\":{\"upstream\":\"nowhere\",\"path\":\"/\",\"status\":503,"
                        + "\"reason\":\"the upstream is not known\"}}");
        assertThat(explain("{'url': 'http://moved.test/'}").body())
                .endsWith("\"decision\":{\"status\":301,\"location\":\"https://t.local/\"}}");
    }

    @Test
    void severalAreAList() {
        assertThat(explain("[{'url': 'http://moved.test/'}, {'url': 'http://none.test/'}]")
                        .body())
                .startsWith("[{\"request\":\"GET http://moved.test/\"")
                .contains("},{\"request\":\"GET http://none.test/\"")
                .endsWith("]");
        assertThat(explain("[]").body()).isEqualTo("[]");
    }

    @Test
    void methodHeadersAndClientCount() {
        String rules = """
                {'m.test': {'init': 'r1', 'rules': {
                  'r1': {'type': 'method', 'args': {'method': ['POST'], 'succ': 'r2'}},
                  'r2': {'type': 'client', 'args': {'cidr': ['192.0.2.0/24'], 'succ': 'r3'}},
                  'r3': {'type': 'header', 'args': {'name': 'X-Two', 'equals': 'b', 'succ': 'r4'}},
                  'r4': {'type': 'backend', 'args': {'servername': 'up1'}}}}}""";
        HttpResponse<String> put = elb.callWith(rules.replace('\'', '"'), "PUT", "/__erulb__/domain");
        assertThat(put.body()).isEqualTo("{\"msg\":\"OK\"}");

        String path = explain("{'method': 'POST', 'url': 'http://m.test/', 'client': '192.0.2.9',"
                        + " 'headers': {'x-two': ['b', 'c'], 'X-One': 'a'}}")
                .body();

        assertThat(path).contains("\"path\":\"r1+ r2+ r3+ r4\"");
    }

    private static String line(String path, String agent, String more) {
        return "{'time':'2026-01-31T12:00:00.123Z','client':'192.0.2.1','method':'GET','scheme':'http','host':'t.local',"
                + "'target':'/blog/a?x','protocol':'HTTP/1.1','status':200,'bytes':5,'duration_ms':1.204,'domain':'t.local',"
                + "'version':" + 2 + ",'revision':0,'path':'" + path + "','upstream':'up1','user_agent':'" + agent + "'"
                + more + "}";
    }

    @Test
    void aLineOfTheAccessLogIsExplainedAsTheRequestItTellsOf() {
        assertThat(explain(line("r1- r2+ r3", "Firefox", "")).body())
                .startsWith("{\"request\":\"GET http://t.local/blog/a?x\",\"domain\":\"t.local\"")
                .contains("\"value\":\"Firefox\"", "\"path\":\"r1- r2+ r3\",\"decision\":{\"upstream\":\"up1\"")
                .contains(
                        "\"logged\":{\"domain\":\"t.local\",\"version\":2,\"revision\":0,\"path\":\"r1- r2+ r3\"},\"same\":true")
                .doesNotContain("notes");
    }

    @Test
    void whereItWouldGoAnotherWayNowTheLoggedOneIsTold() {
        String body = explain(line("r1+ r3", "Firefox", ",'cut':['target']")).body();

        assertThat(body.replace('"', '\''))
                .contains("'path':'r1- r2+ r3'")
                .contains("'logged':{'domain':'t.local','version':2,'revision':0,'path':'r1+ r3','steps':["
                        + "{'rule':'r1','type':'ua','value':'Firefox','pattern':'curl','matched':true,'edge':'succ','next':'r3'},"
                        + "{'rule':'r3','type':'backend'}]},'same':false,'changed':")
                .contains("fields of the request that were not logged may make the difference")
                .endsWith("'the line has not the whole of what was sent']}");
    }

    @Test
    void whatTheRulesHaveNoMoreIsSaid() {
        assertThat(explain(line("r1+ r2- r4", "Firefox", ",'version':7,'revision':3"))
                        .body())
                .contains(
                        "\"same\":false,\"changed\":true,\"notes\":[\"the rules have no such way any more: path: \\\"r1+ r2- r4\\\": "
                                + "\\\"r2- r4\\\" at 4 (expected: r3)\"")
                .contains("another configuration is in force: version 7 of revision 3 then, version ")
                .doesNotContain("\"changed\":false");
        assertThat(explain(line("r", "Firefox", ",'domain':'other.test'")).body())
                .contains("\"notes\":[\"domain other.test took it then\"");
    }

    @Test
    void aLineWithoutADomainIsTheSameWhereNoneTakesItStill() {
        String line =
                "{'client':'192.0.2.1','method':'GET','scheme':'http','host':'none.test','target':'/','status':404}";

        assertThat(explain(line).body()).endsWith("\"logged\":{\"path\":\"\"},\"same\":true,\"changed\":false}");
        assertThat(explain(line.replace("none.test", "t.local")).body())
                .contains("\"same\":false", "no domain took it then");
    }

    @Test
    void linesMayComeOneBehindTheOtherOrInAList() {
        String first = line("r1- r2+ r3", "Firefox", "");
        String second = line("r1+ r3", "curl/8", ",'headers':{'X-A':'b'},'referer':'http://r/'");

        for (String body : new String[] {first + "\n" + second + "\n\n", "[" + first + ",\n" + second + "]"}) {
            assertThat(explain(body).body().split("\"same\":true", -1)).hasSize(3);
        }
        assertThat(explain(first + "\n").body()).startsWith("{");
        assertThat(explain(first + "\n{'url': 'http://none.test/'}").body()).startsWith("[");
    }

    @Test
    void aLineIsReadInATerminalToo() {
        assertThat(explain(line("r1- r2+ r3", "Firefox", ""), "Accept", "text/plain")
                        .body())
                .endsWith("logged: r1- r2+ r3, the same\n");
        assertThat(explain(line("r1+ r3", "Firefox", ",'version':99"), "Accept", "text/plain")
                        .body())
                .contains("logged: r1+ r3, which is not the same\n   another configuration is in force: version 99 ");
    }

    @Test
    void isReadInATerminal() {
        String page = explain(
                        "[{'url': 'http://t.local/blog/a'}, {'url': 'http://none.test/'}]", "Accept", "text/plain")
                .body();

        assertThat(page.replaceAll("revision [0-9]+", "revision N")).isEqualTo("""
                        GET http://t.local/blog/a from 127.0.0.1
                        domain t.local (exact), revision N
                          r1 ua       nothing does not match "curl", fail -> r2
                          r2 path     "/blog/a" matches "^/blog/(.*)$", succ -> r3
                                      captures {1=a}
                                      path is /a from here on
                          r3 backend
                        => upstream up1, path /a
                           127.0.0.1:1 may get it
                           127.0.0.1:2 will not get it (marked down)
                           127.0.0.1:3 will not get it (a backup, and another server may be tried)

                        GET http://none.test/ from 127.0.0.1
                        => 404: no domain of this name is configured
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | a request has no \\\"url\\\"",
                "{'target': '/'} | a line has no \\\"method\\\" (expected: one of the access log in JSON)",
                "{'target': 1} | \\\"target\\\" is 1 (expected: a string)",
                "{'target': '*', 'method': 'OPTIONS', 'scheme': 'http', 'client': '::1', 'host': 't.local'} | target: * (expected: a path)",
                "{'target': '/', 'version': 1.5} | \\\"version\\\" is 1.5 (expected: a whole number)",
                "{'target': '/', 'headers': []} | \\\"headers\\\" is [] (expected: an object of strings)",
                "{'target': '/%00', 'method': 'GET', 'scheme': 'http', 'client': '::1'} | the path has no normal form",
                "{'url': 1} | \\\"url\\\" is 1 (expected: a string)",
                "{'url': 'ftp://x/'} | ftp://x/ (expected: http://host/path or https://host/path)",
                "{'url': 'http://x/', 'client': 'me'} | me (expected: an IP address",
                "{'url': 'http://x/', 'headers': []} | \\\"headers\\\" is [] (expected: an object of strings, or arrays of strings)",
                "{'url': 'http://x/', 'headers': {'a': 1}} | \\\"headers.a\\\" is 1 (expected: a string)",
                "{'url': 'http://x/', 'verb': 'GET'} | \\\"verb\\\" is no part of a request",
                "{'url': 'http://x/', 'url': 'http://y/'} | \\\"url\\\" stands twice",
                "7 | the body is 7",
            })
    void whatIsNoRequestIsRefused(String body, String message) {
        HttpResponse<String> answer = explain(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void takesNothingOfALimit() {
        String rules = """
                {'r.test': {'init': 'r1', 'rules': {
                  'r1': {'type': 'rate', 'args': {'rate': '1/m', 'burst': 1, 'succ': 'r2'}},
                  'r2': {'type': 'backend', 'args': {'servername': 'up1'}}}}}""";
        HttpResponse<String> put = elb.callWith(rules.replace('\'', '"'), "PUT", "/__erulb__/domain");
        assertThat(put.body()).isEqualTo("{\"msg\":\"OK\"}");

        for (int i = 0; i < 5; i++) {
            assertThat(explain("{'url': 'http://r.test/'}").body()).contains("\"path\":\"r1+ r2\"");
        }
    }

    @Test
    void isAskedByPost() {
        HttpResponse<String> answer = elb.call("GET", EXPLAIN);

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void refusesMoreThanOneCallCanAnswer() {
        String request = "{\"url\":\"http://t.local/\"}";
        String fields = "{\"url\":\"http://t.local/\",\"headers\":{\"a\":[" + "\"x\",".repeat(1_000) + "\"x\"]}}";

        assertThat(elb.callWith("[" + (request + ",").repeat(1_000) + request + "]", "POST", EXPLAIN)
                        .body())
                .contains("1001 requests (expected: at most 1000 at a time)");
        assertThat(elb.callWith(fields, "POST", EXPLAIN).body()).contains("1001 lines (expected: at most 1000)");
    }
}

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
}

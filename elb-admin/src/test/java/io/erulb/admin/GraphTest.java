package io.erulb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import io.erulb.admin.testing.Requests;
import io.erulb.routing.RoutingChange;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.Walk;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of a domain with what was counted on their edges. */
final class GraphTest {
    private static final String RULES = """
            {'init': 'r1', 'rules': {
              'r1': {'type': 'ua', 'args': {'pattern': 'curl', 'succ': 'r2'}},
              'r2': {'type': 'respond', 'args': {'status': 503}},
              'lost': {'type': 'respond'}}}""".replace('\'', '"');

    private final AdminFixture elb = AdminFixture.counting();

    @AfterEach
    void stop() {
        elb.close();
    }

    private void put(String domain, String rules) {
        elb.routing().apply(RoutingChange.builder().putDomain(domain, rules).build());
    }

    private void request(String agent, int status) {
        RuleGraph graph = elb.routing().current().domains().get("t.local").graph();
        Walk walk = new Walk();
        graph.decide(RequestFacts.get("http://t.local/").withHeader("User-Agent", agent), walk);
        graph.count(walk, status);
    }

    private static String get(AdminFixture elb, String path) {
        return elb.call("GET", path).body().replace('"', '\'');
    }

    @Test
    void showsRulesAndEdgesWithTheirRequests() {
        put("t.local", RULES);
        request("curl/8", 503);
        request("curl/8", 503);
        request("curl/8", 503);
        request("Firefox", 403);

        assertThat(get(elb, "/__erulb__/graph/t.local").replaceAll("'rate':[0-9.]+", "'rate':R"))
                .isEqualTo("{'domain':'t.local','version':1,'revision':0,'counting':true,'init':'r1','rules':["
                        + "{'rule':'r1','type':'ua','args':{'pattern':'curl'},'reachable':true,'count':4,'failed':0},"
                        + "{'rule':'r2','type':'respond','args':{'status':503},'reachable':true,'count':3,'failed':0},"
                        + "{'rule':'lost','type':'respond','args':{},'reachable':false,'count':0,'failed':0}],"
                        + "'edges':["
                        + "{'from':'r1','edge':'succ','to':'r2','count':3,'errors':3,'rate':R,'share':0.75,'since':1},"
                        + "{'from':'r1','edge':'fail','to':null,'count':1,'errors':0,'rate':R,'share':0.25,'since':1}"
                        + "]}");
    }

    @Test
    void anEdgeTellsSinceWhenItIsCounted() {
        put("other.local", RULES);
        put("t.local", RULES);
        put("t.local", RULES.replace("503", "504"));
        put("t.local", RULES.replace("503", "504").replace("curl", "wget"));

        assertThat(get(elb, "/__erulb__/graph/t.local"))
                .contains("'version':4,", "'count':0,'errors':0,'rate':0.0,'share':0.0,'since':4}")
                .doesNotContain("'since':3}");
        assertThat(get(elb, "/__erulb__/graph/other.local")).contains("'version':4,", "'since':1}");
    }

    @Test
    void listsDomainsWithTheirRequests() {
        put("t.local", RULES);
        put("a.local", RULES);
        request("curl/8", 503);
        request("Firefox", 403);

        assertThat(get(elb, "/__erulb__/graph"))
                .isEqualTo("{'a.local':{'requests':0,'errors':0,'rate':0.0},"
                        + "'t.local':{'requests':2,'errors':1,'rate':2.0}}");
    }

    @ParameterizedTest
    @CsvSource({
        "t.local:8080, /__erulb__/graph/t.local:8080",
        "t.local:8080, /__erulb__/graph/t.local%3a8080",
        "*.t.local, /__erulb__/graph/*.t.local",
        "*, /__erulb__/graph/%2A",
        "b\u00fccher.local, /__erulb__/graph/b%C3%BCcher.local"
    })
    void namesMayBePercentEncoded(String domain, String target) {
        put(domain, RULES);

        assertThat(get(elb, target)).startsWith("{'domain':'" + domain + "',");
    }

    @ParameterizedTest
    @CsvSource({"other.local", "T.LOCAL", "t.local.", "''"})
    void anyOtherNameIsNotFound(String name) {
        put("t.local", RULES);

        assertThat(elb.raw(Requests.plain("GET", "/__erulb__/graph/" + name)))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("{\"msg\":\"no domain of this name is configured\"}");
    }

    @Test
    void withoutCountingAllFiguresAreNought() {
        try (AdminFixture silent = AdminFixture.start()) {
            silent.routing()
                    .apply(RoutingChange.builder().putDomain("t.local", RULES).build());

            assertThat(get(silent, "/__erulb__/graph/t.local")).contains("'counting':false", "'count':0");
            assertThat(get(silent, "/__erulb__/graph")).isEqualTo("{'t.local':{'requests':0,'errors':0,'rate':0.0}}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "?format=dot, application/json, text/vnd.graphviz; charset=utf-8, digraph",
        "?format=mermaid, '', text/plain; charset=utf-8, flowchart",
        "?format=svg, '', image/svg+xml, <svg",
        "?format=json, image/svg+xml, application/json, {",
        "'', application/json, application/json, {",
        "'', text/plain, text/plain; charset=utf-8, flowchart",
        "'', text/vnd.graphviz, text/vnd.graphviz; charset=utf-8, digraph",
        "'', 'image/avif,image/svg+xml,*/*;q=0.8', image/svg+xml, <svg"
    })
    void isDrawnAsAskedFor(String query, String accept, String type, String start) {
        put("t.local", RULES);

        HttpResponse<String> answer = elb.call("GET", "/__erulb__/graph/t.local" + query, "Accept", accept);

        assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(answer.body()).startsWith(start);
    }

    @Test
    void aDrawingHasTheFigures() {
        put("t.local", RULES);
        request("curl/8", 503);

        assertThat(get(elb, "/__erulb__/graph/t.local?format=svg")).contains("1 request, 1 error", " 100 %", " never");
        assertThat(elb.call("GET", "/__erulb__/graph/t.local?format=svg")
                        .headers()
                        .firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; style-src 'unsafe-inline'");
        try (AdminFixture silent = AdminFixture.start()) {
            silent.routing()
                    .apply(RoutingChange.builder().putDomain("t.local", RULES).build());
            assertThat(get(silent, "/__erulb__/graph/t.local?format=svg")).doesNotContain("0 %", "never<");
        }
    }

    @Test
    void otherFormatsAreRefused() {
        put("t.local", RULES);

        HttpResponse<String> answer = elb.call("GET", "/__erulb__/graph/t.local?format=png");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("?format=png (expected: json, dot, mermaid or svg)");
    }
}

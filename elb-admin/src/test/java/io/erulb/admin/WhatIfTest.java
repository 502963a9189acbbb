package io.erulb.admin;

import static io.erulb.admin.testing.Requests.toUpstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import io.erulb.routing.ChangeAuthor;
import io.erulb.routing.PastChange;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.Walk;
import io.erulb.rules.whatif.RecentRequests;
import io.erulb.rules.whatif.Secrets;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other rules would have done to the requests of late, and writes that must not move many. */
final class WhatIfTest {
    private static final String WHATIF = "/__erulb__/whatif";
    private static final String DOMAIN = "/__erulb__/domain";

    private final Map<String, RecentRequests> recent = new ConcurrentHashMap<>();
    private final AdminFixture elb = AdminFixture.start(builder -> builder.recent(this::recent));

    private RecentRequests recent(String domain) {
        return recent.computeIfAbsent(domain, name -> new RecentRequests(1_000, 1, Secrets.usual()));
    }

    /** Of twenty requests one is for /new. */
    @BeforeEach
    void fill() {
        String body = "{\"domains\":{\"t.local\":" + toUpstream("up1") + ",\"quiet.local\":" + toUpstream("up1")
                + ",\"*.local\":" + toUpstream("up1") + "},\"upstreams\":{\"up1\":{\"127.0.0.1:81\":\"\"},"
                + "\"up2\":{\"127.0.0.1:82\":\"\"}}}";
        assertThat(elb.callWith(body, "PUT", "/__erulb__/config").statusCode()).isEqualTo(200);
        RuleGraph graph = elb.routing().current().domains().get("t.local").graph();
        for (int i = 0; i < 20; i++) {
            RequestFacts request = RequestFacts.get("http://t.local" + (i == 7 ? "/new" : "/old"));
            Walk walk = new Walk();
            graph.decide(request, walk);
            recent("t.local").record(request, () -> new String[] {"Cookie", "a=1"}, graph, walk);
        }
    }

    @AfterEach
    void stop() {
        elb.close();
    }

    /** Sends what is for a path to up2. */
    private static String moving(String path) {
        return ("{'init':'p','rules':{'p':{'type':'path','args':{'pattern':'" + path + "','succ':'two','fail':'r1'}},"
                        + "'r1':{'type':'backend','args':{'servername':'up1'}},"
                        + "'two':{'type':'backend','args':{'servername':'up2'}}}}")
                .replace('\'', '"');
    }

    private static String domain(String document) {
        return "{\"t.local\":" + document + "}";
    }

    private HttpResponse<String> put(String body, String query) {
        return elb.callWith(body, "PUT", DOMAIN + query);
    }

    @Test
    void tellsWhoWouldMoveAndWhy() {
        HttpResponse<String> answer = elb.callWith(domain(moving("/new")), "POST", WHATIF);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().replace('"', '\'').replaceAll("'(since|until|at)':'[^']*Z'", "'$1':'..'"))
                .startsWith("{'t.local':{'requests':20,'since':'..','until':'..','moved':1,'rejects':0,'unsure':0,"
                        + "'drawn':0,'assumed':0,'flows':[{'from':'up1','to':'up2','count':1,'examples':[{"
                        + "'request':'GET http://t.local/new','at':'..',"
                        + "'before':{'path':'r1','decision':'upstream up1, path as it came','steps':["
                        + "{'rule':'r1','type':'backend'}]},"
                        + "'after':{'path':'p+ two','decision':'upstream up2, path as it came','steps':["
                        + "{'rule':'p','type':'path','value':'/new',")
                .endsWith("}]}}]}],'unknown':[],'edges':[{'from':'p','edge':'succ','before':0,'after':1},"
                        + "{'from':'p','edge':'fail','before':0,'after':19}]}}");
        assertThat(elb.routing().current().domains().get("t.local").rules().toJson())
                .isEqualTo(toUpstream("up1"));
    }

    @Test
    void tellsItToPeopleToo() {
        HttpResponse<String> answer = elb.callWith(domain(moving("/new")), "POST", WHATIF, "Accept", "text/plain");

        assertThat(answer.body())
                .startsWith("t.local: 1 of 20 requests would move (5.0 %)\n  that came from ")
                .endsWith("""
                          1 from up1 to up2
                              GET http://t.local/new
                                r1 => upstream up1, path as it came
                                p+ two => upstream up2, path as it came
                          edge succ of p: 0 before, 1 after
                          edge fail of p: 0 before, 19 after
                        """);
    }

    @Test
    void endsWithConflictWhenMoreWouldMoveThanMay() {
        String body = domain(moving("/new"));

        assertThat(elb.callWith(body, "POST", WHATIF + "?max-moved=5%25").statusCode())
                .isEqualTo(200);
        HttpResponse<String> more = elb.callWith(body, "POST", WHATIF + "?max-moved=4.9%25");
        assertThat(more.statusCode()).isEqualTo(409);
        assertThat(more.body()).startsWith("{\"t.local\":{\"requests\":20,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'t.local':{'init':'x','rules':{}}} | 400 | 'field':'init'",
                "[] | 400 | the body is [] (expected: an object of domain to rule document)",
                "{'nope.example':{'init':'r','rules':{'r':{'type':'respond'}}}} | 404 | is configured: nope.example",
            })
    void refusesWhatItCannotTry(String body, int status, String expected) {
        HttpResponse<String> answer = elb.callWith(body.replace('\'', '"'), "POST", WHATIF);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body().replace('"', '\'')).contains(expected);
    }

    @Test
    void saysWhereNoRequestsAreKept() {
        try (AdminFixture off = AdminFixture.start()) {
            off.callWith(domain(toUpstream("up1")), "PUT", DOMAIN);

            for (HttpResponse<String> answer : List.of(
                    off.callWith(domain(toUpstream("up2")), "POST", WHATIF),
                    off.callWith(domain(toUpstream("up2")), "PUT", DOMAIN + "?max-moved=50%25"))) {
                assertThat(answer.statusCode()).isEqualTo(409);
                assertThat(answer.body()).contains("no requests are kept", "WHATIF=10000");
            }
            assertThat(off.routing().current().domains().get("t.local").rules().toJson())
                    .isEqualTo(toUpstream("up1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?max-moved=5%25", "?max-moved=5", "?max-moved=100%25&to=memory"})
    void appliesAWriteThatMovesAsMuchAsItMay(String query) {
        assertThat(put(domain(moving("/new")), query).body()).isEqualTo("{\"msg\":\"OK\"}");

        assertThat(elb.routing().current().domains().get("t.local").rules().toJson())
                .isEqualTo(moving("/new"));
    }

    @Test
    void refusesAWriteThatMovesMore() {
        HttpResponse<String> answer = put(domain(moving("/o")), "?max-moved=5%25");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .startsWith(
                        "{\"msg\":\"more than 5% of the requests would move, so nothing was done: 19 of 20 to t.local"
                                + " (19 from up1 to up2)\",\"max_moved\":\"5%\",\"whatif\":{\"t.local\":{\"requests\":20,");
        assertThat(elb.routing().current().domains().get("t.local").rules().toJson())
                .isEqualTo(toUpstream("up1"));
    }

    @Test
    void guardsConfigRemovalAndRollbackToo() {
        String config = "{\"domains\":" + domain(moving("/o")) + "}";
        assertThat(elb.callWith(config, "PUT", "/__erulb__/config?max-moved=5%25")
                        .statusCode())
                .isEqualTo(409);
        HttpResponse<String> removal = elb.callWith("[\"t.local\"]", "DELETE", DOMAIN + "?max-moved=99%25");
        assertThat(removal.statusCode()).isEqualTo(409);
        assertThat(removal.body()).contains("the requests to t.local would go to *.local");

        elb.callWith(config, "PUT", "/__erulb__/config?max-moved=95%25");
        elb.source()
                .past()
                .add(new PastChange(
                        "c1",
                        Instant.EPOCH,
                        new ChangeAuthor("admin", ""),
                        false,
                        List.of(new PastChange.Edit(Kind.DOMAIN, "t.local", null, toUpstream("up1"), moving("/o")))));
        // What was recorded went by the rules before, to which the change goes back.
        assertThat(elb.call("POST", "/__erulb__/rollback/c1?max-moved=0%25").statusCode())
                .isEqualTo(200);
        assertThat(elb.routing().current().domains().get("t.local").rules().toJson())
                .isEqualTo(toUpstream("up1"));
    }

    @Test
    void countsWhatCannotBeToldAsMoved() {
        String unsure = moving("/")
                .replace(
                        "\"path\",\"args\":{\"pattern\":\"/\"", "\"cookie\",\"args\":{\"name\":\"a\",\"prefix\":\"1\"");

        HttpResponse<String> answer = put(domain(unsure), "?max-moved=99%25");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("0 of 20 to t.local, and of 20 it can't be told");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'quiet.local':{'init':'r','rules':{'r':{'type':'respond'}}}} | no request to quiet.local has come yet",
                "{'new.local':{'init':'r','rules':{'r':{'type':'respond'}}}} | would take requests from *.local",
            })
    void letsNothingPassThatItCannotJudge(String body, String expected) {
        HttpResponse<String> answer = put(body.replace('\'', '"'), "?max-moved=100%25");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("it can't be told how much would move, so nothing was done", expected);
    }

    @Test
    void letsPassWhatMovesNobody() {
        String body = "{\"quiet.local\":" + toUpstream("up1") + ",\"other.example\":" + toUpstream("up1") + "}";

        assertThat(put(body, "?max-moved=0%25").statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotGuardTheRemovalOfAnUpstreamInUse() {
        String body = "{\"domains\":" + domain(toUpstream("up1")) + ",\"upstreams\":{\"up1\":null}}";

        HttpResponse<String> answer = elb.callWith(body, "PUT", "/__erulb__/config?max-moved=5%25");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("rules still name an upstream that goes");
    }

    @Test
    void isForWritesOfRules() {
        for (String resource : List.of("upstream", "policy")) {
            HttpResponse<String> answer = elb.callWith("{}", "PUT", "/__erulb__/" + resource + "?max-moved=5%25");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("?max-moved is for writes of rules, so nothing was done");
        }
        assertThat(elb.call("PUT", "/__erulb__/dump?max-moved=5%25").statusCode())
                .isEqualTo(400);
    }

    @Test
    void onlyTellsInADryRun() {
        HttpResponse<String> answer = put(domain(moving("/o")), "?max-moved=5%25&dry-run=true");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("{\"msg\":\"nothing was applied\",\"dry_run\":true,\"changes\":[{\"domain\":\"t.local\"")
                .contains("\"max_moved\":\"5%\",\"within\":false,\"whatif\":{\"t.local\":{\"requests\":20,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "101%", "-1%", "5%%", "1e1", "5,5%"})
    void refusesOtherPercentages(String percentage) {
        HttpResponse<String> answer = put(domain(moving("/new")), "?max-moved=" + percentage.replace("%", "%25"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("(expected: a percentage such as 5% or 0.5%), so nothing was done");
    }
}

package io.erulb.rules.whatif;

import static io.erulb.rules.whatif.Recording.flows;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.FilterTypes;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What other rules would have made of requests. */
class WhatIfTest {
    private static final String ENDS = """
            'one': {'type': 'backend', 'args': {'servername': 'up1'}},
            'two': {'type': 'backend', 'args': {'servername': 'up2'}}}}""";

    /** One filter, from which a match goes to up1 and a miss to up2. */
    private static String rules(String type, String args) {
        return "{'init': 'r1', 'rules': {'r1': {'type': '" + type + "', 'args': {" + args
                + ", 'succ': 'one', 'fail': 'two'}}, " + ENDS;
    }

    /** The same, but that a match comes by another filter first, which sends it to up1 or up2. */
    private static String rules(String type, String args, String next, String nextArgs) {
        return "{'init': 'r1', 'rules': {'r1': {'type': '" + type + "', 'args': {" + args
                + ", 'succ': 'r2', 'fail': 'two'}}, 'r2': {'type': '" + next + "', 'args': {" + nextArgs
                + ", 'succ': 'one', 'fail': 'two'}}, " + ENDS;
    }

    private static final String ALL = rules("path", "'pattern': '/'");

    @Test
    void tellsWhoMovesFromWhereToWhereAndShowsWhy() {
        Recording recording = Recording.of(rules("path", "'pattern': '/a'"));
        recording.request("http://t.local/a?x=1").request("http://t.local/b").request("http://t.local/a/b");

        Comparison comparison = recording.with(rules("path", "'pattern': '/a/'"));

        assertThat(List.of(comparison.requests(), comparison.moved(), comparison.unsure()))
                .containsExactly(3, 1, 0);
        assertThat(flows(comparison)).containsExactly("up1 > up2: 1");
        Comparison.Example example = comparison.flows().get(0).examples().get(0);
        assertThat(List.of(
                        example.request(),
                        example.before().path(),
                        example.after().path()))
                .containsExactly("GET http://t.local/a?x=1", "r1+ one", "r1- two");
        assertThat(comparison.edges())
                .containsExactly(new Comparison.Edge("r1", "succ", 2, 1), new Comparison.Edge("r1", "fail", 1, 2));
    }

    @Test
    void groupsMovesAndShowsTheFirstThree() {
        Recording recording = Recording.of(ALL);
        for (int i = 0; i < 10; i++) {
            recording.request("http://t.local/" + i);
        }

        Comparison comparison = recording.with(rules("path", "'pattern': '/9'"));

        assertThat(flows(comparison)).containsExactly("up1 > up2: 9");
        assertThat(comparison.flows().get(0).examples())
                .extracting(Comparison.Example::request)
                .containsExactly("GET http://t.local/0", "GET http://t.local/1", "GET http://t.local/2");
    }

    @Test
    void countsWhatWouldBeRefused() {
        Recording recording = Recording.of(ALL).request("http://t.local/a").request("http://t.local/b");

        Comparison comparison = recording.with("""
                {'init': 'r1', 'rules': {
                  'r1': {'type': 'path', 'args': {'pattern': '/a', 'fail': 'gone'}},
                  'gone': {'type': 'respond', 'args': {'status': 410}}}}""");

        assertThat(flows(comparison)).containsExactly("up1 > 403: 1", "up1 > 410: 1");
        assertThat(comparison.rejects()).isEqualTo(2);
    }

    @Test
    void countsAnotherPathHeaderLocationOrBodyAsAMove() {
        Recording recording = Recording.of("""
                {'init': 'a', 'rules': {
                  'a': {'type': 'path', 'args': {'pattern': '/a', 'succ': 'up', 'fail': 'b'}},
                  'up': {'type': 'backend', 'args': {'servername': 'up1'}},
                  'b': {'type': 'path', 'args': {'pattern': '/b/(.*)', 'regex': true, 'succ': 'go', 'fail': 'say'}},
                  'go': {'type': 'redirect', 'args': {'location': '/x/$1'}},
                  'say': {'type': 'respond', 'args': {'body': 'one'}}}}""");
        recording.request("http://t.local/a/1").request("http://t.local/b/1").request("http://t.local/c");

        Comparison comparison = recording.with("""
                {'init': 'a', 'rules': {
                  'a': {'type': 'path', 'args': {'pattern': '/a(.*)', 'regex': true, 'rewrite': true,
                      'succ': 'up', 'fail': 'b'}},
                  'up': {'type': 'backend', 'args': {'servername': 'up1'}},
                  'b': {'type': 'path', 'args': {'pattern': '/b/(.*)', 'regex': true, 'succ': 'go', 'fail': 'say'}},
                  'go': {'type': 'redirect', 'args': {'location': '/y/$1'}},
                  'say': {'type': 'respond', 'args': {'body': 'two'}}}}""");

        assertThat(flows(comparison))
                .containsExactlyInAnyOrder(
                        "up1 > up1 (path): 1", "302 by go > 302 by go (location): 1", "200 > 200 (body): 1");
    }

    @Test
    void takesARandomShareAsItWasDrawn() {
        String half = "'percent': 50";
        Recording recording = Recording.of(rules("split", half));
        for (int i = 0; i < 200; i++) {
            recording.request("http://t.local/");
        }

        Comparison comparison = recording.with(rules("split", half, "method", "'method': 'GET'"));

        assertThat(List.of(comparison.moved(), comparison.drawn())).containsExactly(0, 0);
    }

    @Test
    void ofAGrowingShareMovesThoseThatItGrowsBy() {
        Recording recording = Recording.of(rules("split", "'percent': 20"));
        for (int i = 0; i < 1_000; i++) {
            recording.request("http://t.local/");
        }

        Comparison comparison = recording.with(rules("split", "'percent': 40"));

        assertThat(comparison.flows()).extracting(Comparison.Flow::from).containsExactly("up2");
        assertThat(comparison.moved()).isBetween(130, 280);
        assertThat(comparison.drawn()).isEqualTo(1_000);
        assertThat(recording.with(rules("split", "'percent': 40"))).isEqualTo(comparison);
    }

    @Test
    void takesWhatALimitLetPassAndRefusedAsItWas() {
        String rate = "'rate': '3/h'";
        Recording recording = Recording.of(rules("rate", rate));
        for (int i = 0; i < 10; i++) {
            recording.request("http://t.local/");
        }

        assertThat(recording
                        .with(rules("rate", rate, "method", "'method': 'GET'"))
                        .moved())
                .isZero();
        Comparison wider = recording.with(rules("rate", "'rate': '4/h'"));
        assertThat(flows(wider)).containsExactly("up2 > up1: 7");
        assertThat(wider.assumed()).isEqualTo(10);
    }

    @Test
    void takesNothingFromLimits() {
        Recording recording = Recording.of(ALL).request("http://t.local/").request("http://t.local/");
        RuleGraph limited = Recording.graph(rules("rate", "'rate': '1/h'"), FilterTypes.installed());

        recording.with(limited);

        assertThat(limited.explain(RequestFacts.get("http://t.local/")).path()).isEqualTo("r1+ one");
    }

    @Test
    void asksATimeWindowForTheTimeOfTheRequest() {
        Recording recording = Recording.of(ALL).request("http://t.local/");
        String always = "'windows': [{'days': 'mon-sun'}]";

        assertThat(recording.with(rules("time", always)).moved()).isZero();
    }

    @Test
    void takesTheVerdictOnASecretAsItWas() {
        String secret = "'name': 'Authorization', 'prefix': 'Bearer a'";
        Recording recording = Recording.of(rules("header", secret));
        recording.request("http://t.local/", "Authorization", "Bearer abc");
        recording.request("http://t.local/", "Authorization", "Bearer xyz");

        Comparison comparison = recording.with(rules("header", secret, "method", "'method': 'PUT'"));

        assertThat(flows(comparison)).containsExactly("up1 > up2: 1");
        assertThat(comparison.unsure()).isZero();
    }

    @Test
    void isUnsureOfANewRuleThatReadsASecret() {
        Recording recording = Recording.of(ALL);
        recording.request("http://t.local/1", "Authorization", "Bearer abc").request("http://t.local/2");

        Comparison comparison = recording.with(rules("header", "'name': 'Authorization', 'prefix': 'Bearer a'"));

        assertThat(List.of(comparison.moved(), comparison.unsure())).containsExactly(1, 1);
        assertThat(comparison.unknown())
                .containsExactly(new Comparison.Unknown("r1", 1, List.of("GET http://t.local/1")));
    }

    @Test
    void knowsWhetherASecretIsThere() {
        Recording recording = Recording.of(ALL);
        recording.request("http://t.local/", "Cookie", "a=1; session=x").request("http://t.local/", "Cookie", "a=1");

        Comparison comparison = recording.with(rules("cookie", "'name': 'session'"));

        assertThat(flows(comparison)).containsExactly("up1 > up2: 1");
        assertThat(comparison.unsure()).isZero();
    }

    @Test
    void knowsWhetherASecretIsAGivenText() {
        Recording recording = Recording.of(ALL);
        recording.request("http://t.local/", "Cookie", "beta= 1 ;a=2").request("http://t.local/", "Cookie", "beta=2");
        recording.request("http://t.local/", "X-Api-Key", "k1");

        assertThat(flows(recording.with(rules("cookie", "'name': 'beta', 'equals': '1'"))))
                .containsExactly("up1 > up2: 2");
        assertThat(flows(recording.with(rules("header", "'name': 'X-Api-Key', 'equals': ['k0', 'k1']"))))
                .containsExactly("up1 > up2: 2");
        assertThat(recording
                        .with(rules("cookie", "'name': 'beta', 'equals': '1', 'ignore_case': true"))
                        .unsure())
                .isEqualTo(2);
    }

    @Test
    void isUnsureWhereACapturedSecretDecidesWhatIsAnswered() {
        String capturing = "'name': 'shop', 'pattern': '^(.*)$'";
        Recording recording = Recording.of(redirect("cookie", capturing, "/$1"));
        recording.request("http://t.local/", "Cookie", "shop=a");

        assertThat(recording.with(redirect("cookie", capturing, "/$1")).unsure())
                .isZero();
        assertThat(recording.with(redirect("cookie", capturing, "/new/$1")).unsure())
                .isEqualTo(1);
    }

    private static String redirect(String type, String args, String location) {
        return "{'init': 'r1', 'rules': {'r1': {'type': '" + type + "', 'args': {" + args + ", 'succ': 'go'}},"
                + "'go': {'type': 'redirect', 'args': {'location': '" + location + "'}}}}";
    }

    @Test
    void isUnsureOfWhatWasCut() {
        String path = "/" + "a".repeat(2_000);
        Recording recording = Recording.of(ALL).request("http://t.local" + path, "X-Long", "b".repeat(2_000));

        assertThat(recording.with(ALL).unsure()).isZero();
        assertThat(recording.with(rules("path", "'pattern': '/a'")).unsure()).isEqualTo(1);
        assertThat(recording
                        .with(rules("header", "'name': 'X-Long', 'prefix': 'b'"))
                        .unsure())
                .isEqualTo(1);
        assertThat(recording.with(rules("header", "'name': 'X-Long'")).unsure()).isZero();
    }

    @Test
    void isUnsureOfAFieldBehindThoseThatAreKept() {
        String[] fields = new String[2 * Kept.MOST_FIELDS + 2];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = "X-" + i;
            fields[i + 1] = "";
        }
        Recording recording = Recording.of(ALL).request("http://t.local/", fields);

        assertThat(recording.with(rules("header", "'name': 'X-2'")).unsure()).isEqualTo(1);
        assertThat(recording.with(rules("header", "'name': 'Accept'")).unsure()).isEqualTo(1);
        assertThat(recording.with(rules("method", "'method': 'GET'")).unsure()).isZero();
    }

    @Test
    void isUnsureOfAFieldBehindOnesThatAreTooLong() {
        Recording recording = Recording.of(ALL).request("http://t.local/", "X".repeat(9_000), "", "X-Last", "");

        assertThat(recording.with(rules("header", "'name': 'X-Last'")).unsure()).isEqualTo(1);
    }

    @Test
    void isUnsureOfAFilterThatReadsThePathOtherwiseByASecret() {
        FilterTypes types = FilterTypes.installed().with(new Tenant());
        Recording recording = Recording.of(rules("tenant", "'of': 'X-Auth-Token'"), types);
        recording.request("http://t.local/", "X-Auth-Token", "abc");

        RuleGraph other = Recording.graph(rules("tenant", "'of': 'X-Auth-Token'", "path", "'pattern': '/abc'"), types);

        assertThat(recording.with(other).unsure()).isEqualTo(1);
    }

    /** Rewrites the path to a header's value. */
    private static final class Tenant implements FilterProvider {
        @Override
        public String type() {
            return "tenant";
        }

        @Override
        public Filter create(FilterArgs args) {
            String header = args.text("of");
            return request -> Verdict.rewrite("/" + request.header(header));
        }
    }

    @Test
    void takesARuleThatFailedAsItWas() {
        int[] calls = {0};
        FilterTypes types = FilterTypes.installed().with(new FilterProvider() {
            @Override
            public String type() {
                return "once";
            }

            @Override
            public Filter create(FilterArgs args) {
                args.text("x", "");
                return request -> {
                    if (calls[0]++ == 0) {
                        throw new IllegalStateException("planted");
                    }
                    return Verdict.MATCH;
                };
            }
        });
        Recording recording = Recording.of(rules("once", "'x': ''"), types).request("http://t.local/");

        assertThat(recording
                        .with(Recording.graph(rules("once", "'x': ''"), types))
                        .moved())
                .isZero();
        assertThat(flows(recording.with(ALL))).containsExactly("500 > up1: 1");
    }

    @Test
    void seesWhatAnEarlierRuleRewrites() {
        String strip = "'regex': true, 'rewrite': true, 'pattern': '^/v1(.*)'";
        Recording recording = Recording.of(rules("path", strip, "path", "'pattern': '/a'"));
        recording.request("http://t.local/v1/a").request("http://t.local/v1/b");

        String other = "'regex': true, 'rewrite': true, 'pattern': '^/v1/?(.*)'";
        assertThat(recording
                        .with(rules("path", other, "path", "'pattern': '/a'"))
                        .moved())
                .isZero();
        assertThat(flows(recording.with(rules("path", strip, "path", "'pattern': '/b'"))))
                .containsExactlyInAnyOrder("up1 > up2: 1", "up2 > up1: 1");
    }
}

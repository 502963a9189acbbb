package io.erulb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.routing.RoutingChange;
import io.erulb.rules.FilterTypes;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.RuleSet;
import io.erulb.rules.whatif.Comparison;
import io.erulb.rules.whatif.Secrets;
import io.erulb.rules.whatif.WhatIf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of the requests of domains. */
class TrafficRecorderTest {
    private static final TrafficRecorder.Settings SETTINGS = new TrafficRecorder.Settings(100, 1, Secrets.usual());

    /** One filter; what it lets through is answered 200, all else 404. */
    private static String rules(String type, String args) {
        return ("{'init':'r','rules':{'r':{'type':'" + type + "','args':{" + args + ",'succ':'yes','fail':'no'}},"
                        + "'yes':{'type':'respond','args':{'status':200}},'no':{'type':'respond','args':{'status':404}}}}")
                .replace('\'', '"');
    }

    private static Comparison compare(TrafficRecorder recorder, String domain, String rules) {
        RuleGraph graph = RuleGraph.compile(domain, RuleSet.parse(rules), FilterTypes.installed());
        return WhatIf.compare(recorder.of(domain), graph);
    }

    /** A proxy and what it keeps. */
    private static final class Kept implements AutoCloseable {
        private TrafficRecorder recorder;
        private final ProxyFixture proxy;

        Kept(Front.Kind kind) {
            proxy = ProxyFixture.start(kind, builder -> {
                recorder = TrafficRecorder.of(builder.routing, SETTINGS);
                builder.observer(recorder);
            });
        }

        @Override
        public void close() {
            proxy.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Front.Kind.class)
    void keepsWhatFiltersReadOfARequest(Front.Kind kind) throws Exception {
        try (Kept kept = new Kept(kind)) {
            kept.proxy.rules("t.local", rules("path", "'pattern':'/'"));
            try (RawClient client = kept.proxy.client()) {
                client.send("POST /a%20b?x=1 HTTP/1.1\r\nHost: T.local:80\r\nX-A: one\r\nX-A: two\r\nX-B: three\r\n"
                        + "Cookie: c=4\r\nAuthorization: Bearer 5\r\nContent-Length: 0\r\n\r\n");
                client.read();
            }

            for (String same : new String[] {
                rules("method", "'method':'POST'"),
                rules("host", "'host':'t.local'"),
                rules("path", "'pattern':'/a b'"),
                rules("query", "'name':'x','equals':'1'"),
                rules("client", "'cidr':'127.0.0.1'"),
                rules("header", "'name':'x-a','equals':'two'"),
                rules("header", "'name':'X-B','equals':'three'"),
                rules("cookie", "'name':'c'"),
                rules("header", "'name':'authorization'")
            }) {
                Comparison comparison = compare(kept.recorder, "t.local", same);
                assertThat(comparison.requests()).isEqualTo(1);
                assertThat(comparison.moved() + comparison.unsure()).as(same).isZero();
            }
            assertThat(compare(kept.recorder, "t.local", rules("header", "'name':'X-C'"))
                            .moved())
                    .isEqualTo(1);
            assertThat(compare(kept.recorder, "t.local", rules("cookie", "'name':'c','prefix':'4'"))
                            .unsure())
                    .isEqualTo(1);
        }
    }

    @Test
    void keepsThemWhenTheRulesChangeAndForgetsThemWithTheDomain() throws Exception {
        try (Kept kept = new Kept(Front.Kind.OUR_LISTENER)) {
            kept.proxy.rules("t.local", rules("path", "'pattern':'/a'"));
            kept.proxy.get("t.local", "/a");
            kept.proxy.rules("t.local", rules("path", "'pattern':'/b'"));
            kept.proxy.get("t.local", "/b");

            Comparison comparison = compare(kept.recorder, "t.local", rules("path", "'pattern':'/a'"));
            assertThat(comparison.requests()).isEqualTo(2);
            assertThat(comparison.moved()).isEqualTo(1);

            kept.proxy
                    .routing()
                    .apply(RoutingChange.builder().removeDomain("t.local").build());
            kept.proxy.rules("t.local", rules("path", "'pattern':'/b'"));
            assertThat(compare(kept.recorder, "t.local", rules("path", "'pattern':'/a'"))
                            .requests())
                    .isZero();
        }
    }

    @Test
    void keepsNothingOfARequestWhoseDomainIsGone() throws Exception {
        TrafficRecorder recorder = new TrafficRecorder(SETTINGS, domain -> false);
        try (ProxyFixture proxy = ProxyFixture.start(builder -> builder.observer(recorder))) {
            proxy.rules("t.local", rules("path", "'pattern':'/'"));
            proxy.get("t.local", "/");
        }

        assertThat(compare(recorder, "t.local", rules("path", "'pattern':'/'")).requests())
                .isZero();
    }
}

package io.erulb.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.RequestFacts;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits go on counting while the rules around them change. */
class LimitsKeptTest {
    private static final RequestFacts REQUEST = RequestFacts.get("http://a/");

    private final LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());

    @AfterEach
    void close() {
        routing.close();
    }

    /** One request an hour; all others are answered with a status. */
    private static String oneAnHour(int status) {
        return """
                {"init": "r", "rules": {
                  "r": {"type": "rate", "args": {"rate": "1/h", "succ": "yes", "fail": "no"}},
                  "yes": {"type": "respond"},
                  "no": {"type": "respond", "args": {"status": %d}}}}""".formatted(status);
    }

    private static RoutingChange.Builder change() {
        return RoutingChange.builder();
    }

    private boolean passes(String domain) {
        return routing.current()
                .domains()
                .get(domain)
                .graph()
                .explain(REQUEST)
                .path()
                .equals("r+ yes");
    }

    private void use(String domain) {
        routing.current().domains().get(domain).graph().decide(REQUEST);
    }

    @Test
    void aReplacedDocumentGoesOnFromTheOneInForce() {
        routing.apply(change().putDomain("a", oneAnHour(429)).build());
        use("a");

        routing.apply(change().putDomain("a", oneAnHour(503)).build());

        assertThat(passes("a")).isFalse();
    }

    @Test
    void soDoesEachOfManyThatAreCompiledAhead() {
        RoutingChange.Builder many = change();
        for (int i = 0; i < 100; i++) {
            routing.apply(change().putDomain("d" + i, oneAnHour(429)).build());
            many.putDomain("d" + i, oneAnHour(503));
            if (i % 2 == 0) {
                use("d" + i);
            }
        }

        routing.apply(many.build());

        for (int i = 0; i < 100; i++) {
            assertThat(passes("d" + i)).isEqualTo(i % 2 == 1);
        }
    }

    @Test
    void whatCountsIsTheDocumentInForceAndNotAnEditOnTheWay() {
        routing.apply(change().putDomain("a", oneAnHour(429)).build());
        use("a");

        routing.apply(change().putDomain("a", "{\"init\": \"x\", \"rules\": {\"x\": {\"type\": \"respond\"}}}")
                .putDomain("a", oneAnHour(503))
                .build());

        assertThat(passes("a")).isFalse();
    }

    @Test
    void aChangeOfServersOrOtherDomainsTouchesNone() {
        routing.apply(change().putDomain("a", oneAnHour(429)).build());
        use("a");

        routing.apply(change().putDomain("b", oneAnHour(429))
                .putUpstream("up", Map.of("127.0.0.1:1", ""))
                .build());

        assertThat(passes("a")).isFalse();
        assertThat(passes("b")).isTrue();
    }

    @Test
    void aDomainThatWasGoneBeginsAnew() {
        routing.apply(change().putDomain("a", oneAnHour(429)).build());
        use("a");

        routing.apply(change().removeDomain("a").build());
        routing.apply(change().putDomain("a", oneAnHour(429)).build());

        assertThat(passes("a")).isTrue();
    }

    @Test
    void aPreviewTakesAndChangesNothing() {
        routing.apply(change().putDomain("a", oneAnHour(429)).build());

        routing.preview(change().putDomain("a", oneAnHour(503)).build());

        assertThat(passes("a")).isTrue();
    }
}

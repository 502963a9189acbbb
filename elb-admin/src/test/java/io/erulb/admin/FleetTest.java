package io.erulb.admin;

import static io.erulb.admin.testing.Requests.toUpstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import io.erulb.routing.FleetMember;
import io.erulb.routing.FleetMember.Config;
import io.erulb.routing.FleetMember.Problem;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.routing.SourceException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The other instances: listed, and waited for. */
final class FleetTest {
    private static final Instant STARTED = Instant.parse("2026-11-26T16:00:00Z");
    private static final String RULES = "{\"t.local\":" + toUpstream("up1") + "}";
    private static final String ALL = "/__erulb__/domain?to=store&wait=all";

    private final AdminFixture elb = AdminFixture.start();

    @BeforeEach
    void haveARevision() {
        elb.routing().merge(RoutingChange.builder().build(), 7);
    }

    @AfterEach
    void stop() {
        elb.close();
    }

    @Test
    void listsTheInstances() {
        Problem problem = new Problem(Kind.DOMAIN, "t.local", 6, "domain t.local: broken");
        elb.source()
                .fleet(() -> List.of(
                        member("a:80", true, 7, "x-y"),
                        new FleetMember(
                                "b:80",
                                false,
                                "1.1",
                                STARTED,
                                Duration.ofSeconds(9),
                                new Config(6, "x-z"),
                                List.of(problem))));

        assertThat(elb.call("GET", "/__erulb__/fleet").body())
                .isEqualTo("{\"agree\":false,\"instances\":["
                        + "{\"name\":\"a:80\",\"self\":true,\"version\":\"1.0\",\"started\":\"2026-11-26T16:00:00Z\","
                        + "\"age_ms\":1000,\"revision\":7,\"config\":\"x-y\",\"problems\":[]},"
                        + "{\"name\":\"b:80\",\"self\":false,\"version\":\"1.1\",\"started\":\"2026-11-26T16:00:00Z\","
                        + "\"age_ms\":9000,\"revision\":6,\"config\":\"x-z\","
                        + "\"problems\":[\"domain t.local: broken\"]}]}");
    }

    @Test
    void instancesWithOneConfigurationAgreeWhateverTheirRevision() {
        elb.source().fleet(() -> List.of(member("a:80", true, 7, "x-y"), member("b:80", false, 3, "x-y")));

        assertThat(elb.call("GET", "/__erulb__/fleet").body()).startsWith("{\"agree\":true,");
    }

    @Test
    void aFleetThatCanNotBeAskedIsSaidToBe() {
        elb.source().refuse(SourceException.unavailable("etcd is away"));

        HttpResponse<String> answer = elb.call("GET", "/__erulb__/fleet");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"msg\":\"etcd is away\"}");
    }

    @Test
    void aWriteIsAnsweredWhenAllHaveItInForce() {
        AtomicInteger looks = new AtomicInteger();
        elb.source()
                .fleet(() -> List.of(
                        member("a:80", true, 7, "x-y"),
                        member("b:80", false, looks.incrementAndGet() < 3 ? 6 : 7, "x-y"),
                        member("c:80", false, 9, "other")));

        HttpResponse<String> answer = elb.callWith(RULES, "PUT", ALL);

        assertThat(answer.body())
                .isEqualTo("{\"msg\":\"OK\",\"revision\":7,\"applied\":[\"a:80\",\"b:80\",\"c:80\"],"
                        + "\"refused\":[],\"waiting\":[]}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).isPresent();
        assertThat(looks).hasValue(3);
    }

    @Test
    void whoDoesNotTakeItInIsNamedWhenTheTimeIsOver() {
        elb.source().fleet(() -> List.of(member("a:80", true, 7, "x-y"), member("b:80", false, 6, "x-y")));

        HttpResponse<String> answer = elb.callWith(RULES, "PUT", ALL + "&timeout=200ms");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body())
                .isEqualTo("{\"msg\":\"written and in force here, but not on every instance after 200 ms\","
                        + "\"revision\":7,\"applied\":[\"a:80\"],\"refused\":[],\"waiting\":[\"b:80\"]}");
        assertThat(elb.routing().current().domains()).containsKey("t.local");
    }

    @Test
    void whoRefusesItIsNamedWithTheReasonAndNotWaitedFor() {
        Problem problem = new Problem(Kind.DOMAIN, "t.local", 7, "domain t.local, rule r1: no such filter type");
        elb.source()
                .fleet(() -> List.of(
                        member("a:80", true, 7, "x-y"),
                        new FleetMember(
                                "b:80", false, "0.9", STARTED, Duration.ZERO, new Config(7, "-"), List.of(problem))));

        HttpResponse<String> answer = elb.callWith(RULES, "PUT", ALL + "&timeout=60s");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body())
                .contains("\"refused\":[{\"instance\":\"b:80\","
                        + "\"message\":\"domain t.local, rule r1: no such filter type\"}],\"waiting\":[]");
    }

    @ParameterizedTest
    @CsvSource({"DOMAIN, other.local, 7", "UPSTREAM, t.local, 7", "DOMAIN, t.local, 0"})
    void aProblemOfSomethingElseIsNoRefusal(Kind kind, String name, long revision) {
        Problem problem = new Problem(kind, name, revision, "broken");
        elb.source()
                .fleet(() -> List.of(
                        new FleetMember("a:80", true, "1.0", STARTED, Duration.ZERO, new Config(7, "-"), List.of()),
                        new FleetMember(
                                "b:80", false, "1.0", STARTED, Duration.ZERO, new Config(7, "-"), List.of(problem))));

        assertThat(elb.callWith(RULES, "PUT", ALL).body()).contains("\"applied\":[\"a:80\",\"b:80\"]");
    }

    @Test
    void theSameConfigurationInForceIsEnoughWhateverTheRevision() {
        elb.callWith(RULES, "PUT", "/__erulb__/domain");
        String tag = elb.call("GET", "/__erulb__/config")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        elb.source()
                .fleet(() -> List.of(member("a:80", true, 7, "x-y"), member("b:80", false, 1, tag.replace("\"", ""))));

        assertThat(elb.callWith(RULES, "PUT", ALL).statusCode()).isEqualTo(200);
    }

    @Test
    void whatTheFleetKnowsOfThisInstanceIsWaitedForToo() {
        AtomicInteger looks = new AtomicInteger();
        elb.source()
                .fleet(() -> List.of(
                        member("a:80", true, looks.incrementAndGet() < 3 ? 6 : 7, "x-y"),
                        member("b:80", false, 7, "x-y")));

        assertThat(elb.callWith(RULES, "PUT", ALL).body()).contains("\"applied\":[\"a:80\",\"b:80\"]");
        assertThat(looks).hasValue(3);
    }

    @Test
    void aFleetThatDoesNotKnowOfThisInstanceIsNotBelieved() {
        elb.source().fleet(() -> List.of(member("b:80", false, 7, "x-y")));

        HttpResponse<String> answer = elb.callWith(RULES, "PUT", ALL + "&timeout=100ms");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("\"waiting\":[\"this instance, which the fleet does not know of\"]");
    }

    @Test
    void aDumpIsWaitedForToo() {
        elb.source().fleet(() -> List.of(member("a:80", true, 7, "x-y"), member("b:80", false, 6, "x-y")));

        assertThat(elb.call("PUT", "/__erulb__/dump?wait=all&timeout=100ms").body())
                .contains("\"waiting\":[\"b:80\"]");
        assertThat(elb.source().dumps()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait=all",
                "to=store&wait=some",
                "to=store&timeout=5s",
                "to=store&wait=all&timeout=5",
                "to=store&wait=all&timeout=0s",
                "to=store&wait=all&timeout=61s",
                "to=store&wait=all&timeout=60001ms"
            })
    void whatMakesNoSenseIsRefusedBeforeAnythingIsWritten(String query) {
        HttpResponse<String> answer = elb.callWith(RULES, "PUT", "/__erulb__/domain?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("so nothing was done");
        assertThat(elb.source().writes()).isEmpty();
        assertThat(elb.routing().current().domains()).isEmpty();
    }

    private static FleetMember member(String name, boolean self, long revision, String tag) {
        return new FleetMember(name, self, "1.0", STARTED, Duration.ofSeconds(1), new Config(revision, tag), List.of());
    }
}

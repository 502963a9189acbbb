package io.erulb.admin;

import static io.erulb.admin.testing.Requests.toUpstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import io.erulb.routing.ChangeAuthor;
import io.erulb.routing.PastChange;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.routing.SourceException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking at past changes, and taking them back. */
final class HistoryTest {
    private static final String HISTORY = "/__erulb__/history";
    private static final String ROLLBACK = "/__erulb__/rollback/";
    private static final Instant NOW = Instant.parse("2026-11-26T16:00:00Z");

    private final AdminFixture elb = AdminFixture.start();

    @BeforeEach
    void fill() {
        elb.source()
                .past()
                .add(change(
                        "c2",
                        true,
                        new PastChange.Edit(Kind.DOMAIN, "t.local", null, toUpstream("up1"), toUpstream("up2")),
                        new PastChange.Edit(Kind.UPSTREAM, "up2", "127.0.0.1:82", null, "weight=2")));
        elb.source()
                .past()
                .add(change("c1", false, new PastChange.Edit(Kind.DOMAIN, "t.local", null, null, toUpstream("up1"))));
    }

    @AfterEach
    void stop() {
        elb.close();
    }

    private static PastChange change(String id, boolean stored, PastChange.Edit... edits) {
        return new PastChange(id, NOW, new ChangeAuthor("admin", "because"), stored, List.of(edits));
    }

    @Test
    void listsTheNewestFirst() {
        assertThat(elb.call("GET", HISTORY).body())
                .isEqualTo("{\"changes\":["
                        + "{\"id\":\"c2\",\"at\":\"2026-11-26T16:00:00Z\",\"by\":\"admin\",\"message\":\"because\","
                        + "\"to\":\"store\",\"domains\":[\"t.local\"],\"upstreams\":[\"up2\"],\"policies\":[]},"
                        + "{\"id\":\"c1\",\"at\":\"2026-11-26T16:00:00Z\",\"by\":\"admin\",\"message\":\"because\","
                        + "\"to\":\"memory\",\"domains\":[\"t.local\"],\"upstreams\":[],\"policies\":[]}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?upstream=up2", "?limit=1", "?domain=t.local&limit=1"})
    void listsWhatIsAskedFor(String query) {
        assertThat(elb.call("GET", HISTORY + query).body()).contains("\"c2\"").doesNotContain("\"c1\"");
    }

    @Test
    void listsNothingOfAnotherDomain() {
        assertThat(elb.call("GET", HISTORY + "?domain=x.local").body()).isEqualTo("{\"changes\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "100000", ""})
    void refusesALimitThatIsNone(String limit) {
        assertThat(elb.call("GET", HISTORY + "?limit=" + limit).statusCode()).isEqualTo(400);
    }

    @Test
    void listsAHundredUnlessMoreIsAskedFor() {
        IntStream.range(0, 200).forEach(i -> elb.source().past().add(change("x" + i, true)));

        assertThat(elb.call("GET", HISTORY).body().split("\"id\"", -1)).hasSize(101);
        assertThat(elb.call("GET", HISTORY + "?limit=150").body().split("\"id\"", -1))
                .hasSize(151);
    }

    @Test
    void showsAChangeWithTheLinesThatDiffer() {
        assertThat(elb.call("GET", HISTORY + "/c2").body())
                .contains(
                        "\"edits\":[{\"domain\":\"t.local\",\"before\":" + toUpstream("up1") + ",\"after\":"
                                + toUpstream("up2") + ",\"diff\":[",
                        "\"-        \\\"servername\\\": \\\"up1\\\"\",\"+        \\\"servername\\\": \\\"up2\\\"\"",
                        "{\"upstream\":\"up2\",\"server\":\"127.0.0.1:82\",\"before\":null,\"after\":\"weight=2\","
                                + "\"diff\":[\"@@ -1,0 +1,1 @@\",\"+weight=2\"]}");
    }

    @Test
    void showsItAsTextToWhoWouldRatherHaveThat() {
        HttpResponse<String> answer = elb.call("GET", HISTORY + "/c2", "Accept", "text/plain");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(answer.body())
                .startsWith("c2  2026-11-26T16:00:00Z  by admin\n    because\n\ndomain t.local: changed\n@@ ")
                .contains("\n-        \"servername\": \"up1\"\n+        \"servername\": \"up2\"\n")
                .endsWith("\nupstream up2, server 127.0.0.1:82: added\n@@ -1,0 +1,1 @@\n+weight=2\n");
    }

    @Test
    void showsAFaultyDocumentAsItWasWritten() {
        elb.source()
                .past()
                .add(change("c0", true, new PastChange.Edit(Kind.DOMAIN, "t.local", null, "{broken", "\"\"")));

        assertThat(elb.call("GET", HISTORY + "/c0").body()).contains("\"before\":\"{broken\",\"after\":\"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", ""})
    void knowsNoOtherChange(String id) {
        assertThat(elb.call("GET", HISTORY + "/" + id).statusCode()).isEqualTo(404);
        assertThat(elb.call("POST", ROLLBACK + id).statusCode()).isEqualTo(404);
        assertThat(elb.call("POST", "/__erulb__/rollback").statusCode()).isEqualTo(404);
    }

    @Test
    void takesAChangeOfTheStoreBackInTheStore() {
        elb.callWith("{\"t.local\":" + toUpstream("up2") + "}", "PUT", "/__erulb__/domain");
        elb.callWith("{\"up2\":{\"127.0.0.1:82\":\"weight=2\",\"127.0.0.1:83\":\"\"}}", "PUT", "/__erulb__/upstream");

        HttpResponse<String> answer = elb.call("POST", ROLLBACK + "c2");

        assertThat(answer.body()).isEqualTo("{\"msg\":\"OK\"}");
        assertThat(elb.call("GET", "/__erulb__/domain").body()).isEqualTo("{\"t.local\":" + toUpstream("up1") + "}");
        assertThat(elb.routing().current().upstreams().get("up2").parameters()).isEqualTo(Map.of("127.0.0.1:83", ""));
        assertThat(elb.source().writes())
                .extracting(write -> write.author())
                .containsExactly(new ChangeAuthor("local", "rollback of c2"));
    }

    @Test
    void takesAChangeOfMemoryBackInMemory() {
        elb.callWith("{\"t.local\":" + toUpstream("up1") + "}", "PUT", "/__erulb__/domain");

        elb.call("POST", ROLLBACK + "c1", "X-Change-Message", "wrong");

        assertThat(elb.routing().current().domains()).isEmpty();
        assertThat(elb.source().writes()).isEmpty();
        assertThat(elb.source().noted())
                .containsExactly(new ChangeAuthor("local", ""), new ChangeAuthor("local", "wrong"));
    }

    @Test
    void canBeTriedAndGuardedLikeAnyWrite() {
        elb.callWith("{\"t.local\":" + toUpstream("up1") + "}", "PUT", "/__erulb__/domain");

        assertThat(elb.call("POST", ROLLBACK + "c1?dry-run=true").body())
                .contains("{\"domain\":\"t.local\",\"change\":\"remove\"}");
        assertThat(elb.call("POST", ROLLBACK + "c1", "If-Match", "\"other\"").statusCode())
                .isEqualTo(412);
        assertThat(elb.routing().current().domains()).containsKey("t.local");
    }

    @Test
    void saysWhenTheStoreIsAway() {
        elb.source().refuse(SourceException.unavailable("etcd is away"));

        for (HttpResponse<String> answer : List.of(
                elb.call("GET", HISTORY), elb.call("GET", HISTORY + "/c1"), elb.call("POST", ROLLBACK + "c1"))) {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"msg\":\"etcd is away\"}");
        }
    }

    @Test
    void tellsWhoChangesMemoryAndWhy() {
        elb.callWith("{\"up1\":{}}", "PUT", "/__erulb__/upstream", "X-Change-Message", " try it ");
        elb.callWith("{\"up1\":{}}", "PUT", "/__erulb__/upstream", "X-Change-Message", "no change");

        assertThat(elb.source().noted()).containsExactly(new ChangeAuthor("local", "try it"));
    }

    @Test
    void refusesALongMessage() {
        HttpResponse<String> answer =
                elb.callWith("[]", "DELETE", "/__erulb__/domain", "X-Change-Message", "x".repeat(501));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("X-Change-Message has 501 characters (expected: at most 500)");
    }

    @Test
    void leavesLongerPathsToTheDomains() {
        assertThat(elb.call("GET", HISTORY + "/c1/x").body()).startsWith("next ");
        assertThat(elb.call("GET", "/__erulb__/domain/x").body()).startsWith("next ");
    }
}

package io.erulb.admin;

import static io.erulb.admin.testing.Requests.toUpstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import io.erulb.routing.RoutingTable;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that are for one state of what they change, and for no other (RFC 9110 section 13.1.1). */
final class IfMatchTest {
    private final AdminFixture elb = AdminFixture.start();

    @BeforeEach
    void fill() {
        put("domain", "{\"a.local\":" + toUpstream("up1") + "}");
        put("upstream", "{\"up1\":{\"127.0.0.1:81\":\"\"}}");
    }

    @AfterEach
    void stop() {
        elb.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"domain", "upstream", "config"})
    void theTagOfAReadLetsAWriteThrough(String resource) {
        HttpResponse<String> answer = put(resource, body(resource, "2"), "If-Match", tag(resource));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).hasValue(tag(resource));
    }

    @ParameterizedTest
    @ValueSource(strings = {"domain", "upstream", "config"})
    void anEarlierTagIsRefusedAndNothingIsApplied(String resource) {
        String earlier = tag(resource);
        put(resource, body(resource, "2"));
        RoutingTable before = elb.routing().current();

        HttpResponse<String> answer = put(resource, body(resource, "3"), "If-Match", earlier);

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(answer.body()).contains("changed since it was read");
        assertThat(answer.headers().firstValue("ETag")).hasValue(tag(resource));
        assertThat(elb.routing().current()).isSameAs(before);
    }

    @Test
    void theTagOfAWriteLetsTheNextOneThrough() {
        String first =
                put("domain", body("domain", "2")).headers().firstValue("ETag").orElseThrow();

        assertThat(put("domain", body("domain", "3"), "If-Match", first).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theSameContentHasTheSameTag() {
        String before = tag("domain");
        put("domain", body("domain", "2"));
        assertThat(tag("domain")).isNotEqualTo(before);

        put("domain", "{\"a.local\":" + toUpstream("up1") + "}");

        assertThat(tag("domain")).isEqualTo(before);
    }

    @Test
    void aChangeOfUpstreamsLeavesTheTagOfDomains() {
        String before = tag("domain");

        put("upstream", body("upstream", "2"));

        assertThat(tag("domain")).isEqualTo(before);
    }

    @Test
    void serversAreNotTakenForUpstreams() {
        put("upstream", "{\"up1\":{\"a\":\"\"},\"up2\":{}}");
        String two = tag("upstream");

        elb.callWith("[\"up2\"]", "DELETE", "/__erulb__/upstream");
        put("upstream", "{\"up1\":{\"a\":\"\",\"up2\":\"\"}}");

        assertThat(tag("upstream")).isNotEqualTo(two);
    }

    @Test
    void anyOfSeveralTagsOrAStarWillDo() {
        assertThat(put("domain", body("domain", "2"), "If-Match", "\"x\", " + tag("domain"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(put("domain", body("domain", "3"), "If-Match", "*").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aWeakTagNeverWillDo() {
        assertThat(put("domain", body("domain", "2"), "If-Match", "W/" + tag("domain"))
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void aDryRunAndADumpAreRefusedLikeAWrite() {
        assertThat(put("domain?dry-run=true", body("domain", "2"), "If-Match", "\"x\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(put("dump", "", "If-Match", "\"x\"").statusCode()).isEqualTo(412);
        assertThat(elb.source().dumps()).isZero();
        assertThat(put("dump", "", "If-Match", tag("config")).statusCode()).isEqualTo(200);
    }

    @Test
    void ofTwoWritersExactlyOneWins() {
        for (int round = 0; round < 200; round++) {
            String tag = tag("domain");
            int number = round;
            List<CompletableFuture<Integer>> writers = IntStream.range(0, 2)
                    .mapToObj(writer -> CompletableFuture.supplyAsync(
                            () -> put("domain", body("domain", number + "-" + writer), "If-Match", tag)
                                    .statusCode()))
                    .toList();

            assertThat(writers.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(200, 412);
        }
    }

    private static String body(String resource, String text) {
        return switch (resource) {
            case "domain" -> "{\"a.local\":" + toUpstream("up" + text) + "}";
            case "upstream" -> "{\"up1\":{\"127.0.0." + text + "\":\"\"}}";
            default -> "{\"domains\":" + body("domain", text) + "}";
        };
    }

    private HttpResponse<String> put(String resource, String body, String... headers) {
        return elb.callWith(body, "PUT", "/__erulb__/" + resource, headers);
    }

    private String tag(String resource) {
        return elb.call("GET", "/__erulb__/" + resource)
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }
}

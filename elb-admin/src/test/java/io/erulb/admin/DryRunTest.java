package io.erulb.admin;

import static io.erulb.admin.testing.Requests.toUpstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import io.erulb.routing.RoutingTable;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that only tell what they would do. */
final class DryRunTest {
    private final AdminFixture elb = AdminFixture.start();

    @BeforeEach
    void fill() {
        String body = "{\"domains\":{\"a.local\":" + toUpstream("up1") + ",\"b.local\":" + toUpstream("up1")
                + "},\"upstreams\":{\"up1\":{\"127.0.0.1:81\":\"\"}}}";
        assertThat(elb.callWith(body, "PUT", "/__erulb__/config").statusCode()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        elb.close();
    }

    @Test
    void tellsWhatWouldChangeAndAppliesNothing() {
        RoutingTable before = elb.routing().current();

        HttpResponse<String> answer = dryRun(
                "{\"domains\":{\"a.local\":" + toUpstream("up2") + ",\"b.local\":" + toUpstream("up1") + ",\"c.local\":"
                        + toUpstream("up1") + "},\"upstreams\":{\"up1\":null}}",
                "PUT",
                "config");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"msg\":\"nothing was applied\",\"dry_run\":true,\"changes\":["
                        + "{\"domain\":\"a.local\",\"change\":\"replace\"},"
                        + "{\"domain\":\"c.local\",\"change\":\"add\"},"
                        + "{\"upstream\":\"up1\",\"change\":\"remove\"}],\"problems\":["
                        + problem("a.local", "up2") + "," + problem("b.local", "up1") + ","
                        + problem("c.local", "up1")
                        + "],\"findings\":{\"a.local\":{\"errors\":[],\"findings\":[]},"
                        + "\"c.local\":{\"errors\":[],\"findings\":[]}}}");
        assertThat(elb.routing().current()).isSameAs(before);
    }

    @Test
    void tellsOfNoProblemThatIsThereAlready() {
        elb.callWith("{\"x.local\":" + toUpstream("up9") + "}", "PUT", "/__erulb__/domain");

        assertThat(dryRun("[\"b.local\"]", "DELETE", "domain").body()).endsWith("\"problems\":[],\"findings\":{}}");
    }

    @Test
    void saysThatNothingWouldChange() {
        assertThat(dryRun("{\"a.local\":" + toUpstream("up1") + "}", "PUT", "domain")
                        .body())
                .isEqualTo(
                        "{\"msg\":\"nothing was applied\",\"dry_run\":true,\"changes\":[],\"problems\":[],\"findings\":{}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | domain | {\"t.local\":{}}",
                "PUT | upstream | {\"up1\":{\"127.0.0.1:81\":\"weight=none\"}}",
                "PUT | config | {\"domains\":{\"t.local\":{}}}",
                "DELETE | domain | [1]",
            })
    void refusesWhatAWriteWouldRefuse(String method, String resource, String body) {
        HttpResponse<String> written = elb.callWith(body, method, "/__erulb__/" + resource);

        HttpResponse<String> answer = dryRun(body, method, resource);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(written.body());
    }

    @Test
    void ofADeletedUpstreamTellsWhoNamesIt() {
        assertThat(dryRun("[\"up1\",\"nope\"]", "DELETE", "upstream").body())
                .contains("[{\"upstream\":\"up1\",\"change\":\"remove\"}]", problem("a.local", "up1"));
    }

    @Test
    void ofADumpTellsTheKeys() {
        HttpResponse<String> answer = dryRun("", "PUT", "dump");

        assertThat(answer.body())
                .isEqualTo("{\"msg\":\"nothing was written\",\"dry_run\":true,\"keys\":"
                        + "{\"rules/t.local\":\"put\",\"upstreams/up1/127.0.0.1:81\":\"delete\"}}");
        assertThat(elb.source().dumps()).isZero();
    }

    @Test
    void isAPlainWriteWithFalse() {
        assertThat(elb.callWith("[\"a.local\"]", "DELETE", "/__erulb__/domain?dry-run=false")
                        .body())
                .isEqualTo("{\"msg\":\"OK\"}");
        assertThat(elb.routing().current().domains()).containsOnlyKeys("b.local");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dry-run",
                "dry-run=",
                "dry-run=yes",
                "dry-run=true&dry-run=true",
                "dry-run=true&x=1",
                "dryrun=true"
            })
    void isRefusedInOtherWordsAndNothingIsApplied(String query) {
        HttpResponse<String> answer = elb.callWith("[\"a.local\"]", "DELETE", "/__erulb__/domain?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("nothing was done");
        assertThat(elb.routing().current().domains()).containsKey("a.local");
    }

    private HttpResponse<String> dryRun(String body, String method, String resource) {
        return elb.callWith(body, method, "/__erulb__/" + resource + "?dry-run=true");
    }

    private static String problem(String domain, String upstream) {
        return "{\"domain\":\"" + domain + "\",\"field\":\"servername\",\"value\":\"" + upstream
                + "\",\"message\":\"no upstream is named " + upstream + " and no host is either\"}";
    }
}

package io.erulb.admin;

import static io.erulb.admin.testing.Requests.toUpstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import io.erulb.routing.SourceException;
import io.erulb.routing.StoreWrite;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that go to the store first. */
final class ToStoreTest {
    private static final String RULES = "{\"t.local\":" + toUpstream("up1") + "}";

    private final AdminFixture elb = AdminFixture.start();

    @AfterEach
    void stop() {
        elb.close();
    }

    @Test
    void areInForceWhenTheyAreAnswered() {
        HttpResponse<String> answer = elb.callWith(RULES, "PUT", "/__erulb__/domain?to=store");

        assertThat(answer.body()).isEqualTo("{\"msg\":\"OK\"}");
        assertThat(elb.source().writes()).hasSize(1);
        assertThat(elb.call("GET", "/__erulb__/domain").body()).isEqualTo(RULES);
        assertThat(answer.headers().firstValue("ETag"))
                .isEqualTo(elb.call("GET", "/__erulb__/domain").headers().firstValue("ETag"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | domain | {}",
                "DELETE | domain | [\"a\"]",
                "PUT | upstream | {}",
                "DELETE | upstream | [\"a\"]",
                "PUT | config | {}",
            })
    void everyWriteMay(String method, String resource, String body) {
        assertThat(elb.callWith(body, method, "/__erulb__/" + resource + "?to=store")
                        .statusCode())
                .isEqualTo(200);

        assertThat(elb.source().writes()).extracting(StoreWrite::force).containsExactly(false);
    }

    @Test
    void stayInMemoryUnlessAsked() {
        elb.callWith(RULES, "PUT", "/__erulb__/domain");
        elb.callWith(RULES, "PUT", "/__erulb__/domain?to=memory");

        assertThat(elb.source().writes()).isEmpty();
    }

    @Test
    void areForcedWhenAsked() {
        elb.callWith("[\"up1\"]", "DELETE", "/__erulb__/upstream?to=store&force=true");

        assertThat(elb.source().writes()).extracting(StoreWrite::force).containsExactly(true);
    }

    @Test
    void areRefusedWithTheKeysThatAreAgainstThem() {
        elb.source().refuse(SourceException.conflict("rules still name it", List.of("rules/t.local")));

        HttpResponse<String> answer = elb.callWith("[\"up1\"]", "DELETE", "/__erulb__/upstream?to=store");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo("{\"msg\":\"rules still name it\",\"keys\":[\"rules/t.local\"]}");
    }

    @Test
    void areRefusedWhenTheStoreIsAway() {
        elb.source().refuse(SourceException.unavailable("etcd is away"));

        HttpResponse<String> answer = elb.callWith(RULES, "PUT", "/__erulb__/domain?to=store");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"msg\":\"etcd is away\"}");
        assertThat(elb.routing().current().domains()).isEmpty();
    }

    @Test
    void areGuardedByIfMatch() {
        HttpResponse<String> answer = elb.callWith(RULES, "PUT", "/__erulb__/domain?to=store", "If-Match", "\"other\"");

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(elb.routing().current().domains()).isEmpty();
    }

    @Test
    void areNotMadeByADryRun() {
        elb.callWith(RULES, "PUT", "/__erulb__/domain?to=store&dry-run=true");

        assertThat(elb.source().writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"domain?to=", "domain?to=etcd", "domain?to=store&to=store", "domain?force=1", "dump?to=store"})
    void areRefusedInOtherWords(String target) {
        HttpResponse<String> answer = elb.callWith(RULES, "PUT", "/__erulb__/" + target);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("nothing was done");
    }
}

package io.erulb.admin.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import io.erulb.routing.SourceException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PUT of dump. */
final class DumpCompatTest {
    private static final String DUMP = "/__erulb__/dump";

    private final AdminFixture elb = AdminFixture.start();

    @AfterEach
    void stop() {
        elb.close();
    }

    private void load() {
        elb.callWith("{}", "PUT", "/__erulb__/domain");
    }

    @Test
    void writesMemoryToTheStore() {
        load();

        HttpResponse<String> answer = elb.call("PUT", DUMP);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"msg\":\"OK\"}");
        assertThat(elb.source().dumps()).isEqualTo(1);
    }

    @Test
    void saysWhyWhenTheStoreRefuses() {
        load();
        elb.source().refuse(SourceException.unavailable("etcd 127.0.0.1:2379 did not answer within 5 s"));

        HttpResponse<String> answer = elb.call("PUT", DUMP);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"msg\":\"etcd 127.0.0.1:2379 did not answer within 5 s\"}");
    }

    @Test
    void namesTheKeysThatAnotherWriterChanged() {
        load();
        elb.source().refuse(SourceException.conflict("changed meanwhile", List.of("/ELB/rules/a", "/ELB/rules/b")));

        HttpResponse<String> answer = elb.call("PUT", DUMP);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .isEqualTo("{\"msg\":\"changed meanwhile\",\"keys\":[\"/ELB/rules/a\",\"/ELB/rules/b\"]}");
    }

    @Test
    void refusesToWriteNothingOverTheStoreBeforeAConfigurationIsThere() {
        HttpResponse<String> answer = elb.call("PUT", DUMP);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(elb.source().dumps()).isZero();
    }
}

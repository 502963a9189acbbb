package io.erulb.admin.compat;

import static io.erulb.admin.testing.Requests.toUpstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of 400 KB and more are accepted. */
final class LargeBodyCompatTest {
    private final AdminFixture elb = AdminFixture.start();

    @AfterEach
    void stop() {
        elb.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400_000, 5_000_000})
    void domainsOfThisManyBytes(int bytes) {
        String body = IntStream.range(0, bytes / 500)
                .mapToObj(i -> "\"d%05d.local\":%s".formatted(i, padded(i)))
                .collect(Collectors.joining(",", "{", "}"));
        assertThat(body.length()).isGreaterThan(bytes);

        HttpResponse<String> answer = elb.callWith(body, "PUT", "/__erulb__/domain");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(elb.call("GET", "/__erulb__/domain").body()).isEqualTo(body);
    }

    private static String padded(int i) {
        String document = toUpstream("up" + i % 10);
        return document.substring(0, document.length() - 1) + ",\"meta\":{\"note\":\"" + "x".repeat(400) + "\"}}";
    }
}

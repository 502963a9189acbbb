package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The settings that say who may use the admin API, and where. */
@Timeout(60)
class AdminIT {
    private static final Pattern ADMIN = Pattern.compile("admin API is on (\\S+)");
    private static final String DOMAIN = "/__erulb__/domain";
    private static final String RULES =
            "{\"127.0.0.1\":{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"respond\",\"args\":{\"body\":\"hello\"}}}}}";

    @Test
    void theAdminApiMovesToAListenerOfItsOwn() throws Exception {
        try (ServerProcess server = ServerProcess.start("STORE=memory ADMIN_LISTEN=127.0.0.1:0")) {
            URI admin = URI.create("http://" + server.await(ADMIN).group(1));

            assertThat(Http.get(server.uri(), DOMAIN).statusCode()).isEqualTo(404);
            assertThat(Http.put(server.uri(), DOMAIN, RULES).statusCode()).isEqualTo(404);
            assertThat(Http.get(admin, DOMAIN).body()).isEqualTo("{}");

            assertThat(Http.put(admin, DOMAIN, RULES).statusCode()).isEqualTo(200);
            assertThat(Http.get(server.uri(), "/").body()).isEqualTo("hello");
            assertThat(Http.get(admin, "/").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aTokenIsAskedOfEveryone() throws Exception {
        try (ServerProcess server = ServerProcess.start("STORE=memory ADMIN_TOKEN=s3cret")) {

            assertThat(Http.get(server.uri(), DOMAIN).statusCode()).isEqualTo(401);
            assertThat(withToken(server.uri(), "guess").statusCode()).isEqualTo(401);
            assertThat(withToken(server.uri(), "s3cret").body()).isEqualTo("{}");
            assertThat(Http.get(server.uri(), "/__erulb__/health").statusCode()).isEqualTo(200);
            assertThat(server.output()).doesNotContain("s3cret");
        }
    }

    @Test
    void aTokenIsAskedOnTheListenerOfTheAdminApiToo() throws Exception {
        try (ServerProcess server = ServerProcess.start("STORE=memory ADMIN_TOKEN=s3cret ADMIN_LISTEN=127.0.0.1:0")) {
            URI admin = URI.create("http://" + server.await(ADMIN).group(1));

            assertThat(Http.get(admin, DOMAIN).statusCode()).isEqualTo(401);
            assertThat(withToken(admin, "s3cret").body()).isEqualTo("{}");
            assertThat(withToken(server.uri(), "s3cret").statusCode()).isEqualTo(404);
        }
    }

    private static HttpResponse<String> withToken(URI root, String token) throws Exception {
        return Http.send(Http.request(root, DOMAIN).header("Authorization", "Bearer " + token));
    }
}

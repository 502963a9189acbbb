package io.erulb.admin;

import static io.erulb.admin.testing.Requests.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.erulb.admin.testing.AdminFixture;
import io.erulb.routing.ConfigSource;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingOptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WhoMayCallTest {
    private static final String DOMAIN = "/__erulb__/domain";
    private static final String UNKNOWN = "/__erulb__/nothing";
    private static final String STRANGER = "192.0.2.9";

    /** Everything of an answer but when it was sent. */
    private static String undated(String answer) {
        return answer.replaceFirst("Date: .*\r\n", "");
    }

    @Nested
    final class WithoutAToken {
        @Test
        void loopbackPeersMayCall() {
            try (AdminFixture elb = AdminFixture.start()) {
                assertThat(elb.raw(plain("GET", DOMAIN))).startsWith("HTTP/1.1 200 ");
                assertThat(elb.rawFrom("127.0.0.5", plain("GET", DOMAIN))).startsWith("HTTP/1.1 200 ");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "PUT", "DELETE", "POST", "TRACE"})
        void forOtherPeersNothingTellsThatThereIsAnApi(String method) {
            try (AdminFixture elb = AdminFixture.start()) {
                String answer = elb.rawFrom(STRANGER, plain(method, DOMAIN));

                assertThat(answer).startsWith("HTTP/1.1 404 ");
                assertThat(undated(answer)).isEqualTo(undated(elb.raw(plain("GET", UNKNOWN))));
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X-Forwarded-For: 127.0.0.1",
                    "x-forwarded-for:",
                    "Forwarded: for=127.0.0.1",
                    "Via: 1.1 proxy",
                })
        void forARequestThatAProxyPassedOnNothingDoesEither(String header) {
            try (AdminFixture elb = AdminFixture.start()) {
                String answer = elb.raw(plain("GET", DOMAIN, header));

                assertThat(undated(answer)).isEqualTo(undated(elb.raw(plain("GET", UNKNOWN))));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"status", "health"})
        void statusAndHealthAreNoExceptions(String resource) {
            try (AdminFixture elb = AdminFixture.start()) {
                String answer = elb.rawFrom(STRANGER, plain("GET", "/__erulb__/" + resource));

                assertThat(answer).startsWith("HTTP/1.1 404 ");
            }
        }

        @Test
        void aBearerTokenOpensNothing() {
            try (AdminFixture elb = AdminFixture.start()) {
                String answer = elb.rawFrom(STRANGER, plain("GET", DOMAIN, "Authorization: Bearer x"));

                assertThat(answer).startsWith("HTTP/1.1 404 ");
            }
        }

        @Test
        void nothingIsAppliedForAStranger() {
            try (AdminFixture elb = AdminFixture.start()) {
                String body = "{\"up1\":{\"127.0.0.1\":\"\"}}";
                elb.callWith(body, "PUT", "/__erulb__/upstream", "X-Forwarded-For", "127.0.0.1");

                assertThat(elb.routing().current().loaded()).isFalse();
            }
        }
    }

    @Nested
    final class WithAToken {
        private AdminFixture start() {
            return AdminFixture.start(admin -> admin.token("s3cret+/="));
        }

        @ParameterizedTest
        @CsvSource({"Bearer s3cret+/=", "bearer s3cret+/=", "BEARER   s3cret+/="})
        void whoeverSendsItMayCallFromAnywhere(String credentials) {
            try (AdminFixture elb = start()) {
                String request = plain("GET", DOMAIN, "Authorization: " + credentials, "Via: 1.1 proxy");

                assertThat(elb.raw(request)).startsWith("HTTP/1.1 200 ");
                assertThat(elb.rawFrom(STRANGER, request)).startsWith("HTTP/1.1 200 ");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {DOMAIN, UNKNOWN, "/__erulb__/status"})
        void withoutItEveryResourceAsksForIt(String path) {
            try (AdminFixture elb = start()) {
                String answer = elb.raw(plain("GET", path));

                assertThat(answer)
                        .startsWith("HTTP/1.1 401 ")
                        .contains("\r\nWWW-Authenticate: Bearer realm=\"elb\"\r\n")
                        .endsWith("{\"msg\":\"a bearer token is required\"}");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer s3cret", "Bearer s3cret+/=x", "Bearer S3CRET+/=", "Bearer "})
        void aWrongOneIsNotEnoughOnLoopbackEither(String credentials) {
            try (AdminFixture elb = start()) {
                String answer = elb.raw(plain("GET", DOMAIN, "Authorization: " + credentials));

                assertThat(answer).startsWith("HTTP/1.1 401 ").contains("\r\nWWW-Authenticate: Bearer realm=\"elb\"");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"Basic s3cret+/=", "s3cret+/=", "Bearers3cret+/="})
        void otherSchemesAreNotEnough(String credentials) {
            try (AdminFixture elb = start()) {
                String answer = elb.raw(plain("GET", DOMAIN, "Authorization: " + credentials));

                assertThat(answer).startsWith("HTTP/1.1 401 ");
            }
        }

        @Test
        void twoAuthorizationFieldsAreNotEnough() {
            try (AdminFixture elb = start()) {
                String right = "Authorization: Bearer s3cret+/=";

                assertThat(elb.raw(plain("GET", DOMAIN, right, right))).startsWith("HTTP/1.1 401 ");
            }
        }

        @Test
        void healthAnswersEveryoneWithoutReasons() {
            try (AdminFixture elb = start()) {
                String request = plain("GET", "/__erulb__/health");

                assertThat(elb.rawFrom(STRANGER, request))
                        .startsWith("HTTP/1.1 503 ")
                        .endsWith("{\"status\":\"starting\"}");
            }
        }
    }

    @Nested
    final class OnAListenerOfItsOwn {
        @Test
        void theSameRulesHold() {
            try (AdminFixture open = AdminFixture.start();
                    AdminFixture closed = AdminFixture.start(admin -> admin.token("t"))) {
                assertThat(open.rawStandalone(plain("GET", DOMAIN))).startsWith("HTTP/1.1 200 ");
                assertThat(open.rawStandalone(plain("GET", DOMAIN, "Via: 1.1 x")))
                        .startsWith("HTTP/1.1 404 ");
                assertThat(closed.rawStandalone(plain("GET", DOMAIN))).startsWith("HTTP/1.1 401 ");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"/", "/__erulb__/x/y", "/favicon.ico"})
        void nothingElseIsThere(String path) {
            try (AdminFixture elb = AdminFixture.start()) {
                String answer = elb.rawStandalone(plain("GET", path));

                assertThat(answer).startsWith("HTTP/1.1 404 ").contains("\r\nContent-Type: application/json\r\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "tab\t", "ü"})
    void aTokenThatNoHeaderCouldCarryIsRefused(String token) {
        try (LiveRouting routing = LiveRouting.create(RoutingOptions.defaults())) {
            ElbAdmin.Builder builder = ElbAdmin.builder(routing, ConfigSource.none());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.token(token))
                    .withMessageStartingWith("token: (not shown)");
        }
    }
}

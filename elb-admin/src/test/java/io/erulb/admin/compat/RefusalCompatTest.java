package io.erulb.admin.compat;

import static io.erulb.admin.testing.Requests.toUpstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.erulb.admin.testing.AdminFixture;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No body, malformed JSON, wrong shape, bad rule or parameter: 400 with every fault, nothing applied. */
final class RefusalCompatTest {
    private static final String DOMAIN = "/__erulb__/domain";
    private static final String UPSTREAM = "/__erulb__/upstream";

    private final AdminFixture elb = AdminFixture.start();

    @BeforeEach
    void configure() {
        elb.callWith("{\"t.local\":" + toUpstream("up1") + "}", "PUT", DOMAIN);
        elb.callWith("{\"up1\":{\"127.0.0.1:1\":\"\"}}", "PUT", UPSTREAM);
    }

    @AfterEach
    void stop() {
        elb.close();
    }

    /** Sends a body, expects it refused without effect, and answers what stands under {@code errors}. */
    private List<JsonObject> errors(String method, String path, String body) {
        long version = elb.routing().current().version();

        HttpResponse<String> answer = elb.callWith(body, method, path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(elb.routing().current().version()).isEqualTo(version);
        JsonObject json = JsonParser.parseString(answer.body()).getAsJsonObject();
        assertThat(json.get("msg").getAsString()).isNotEmpty();
        JsonArray errors = json.getAsJsonArray("errors");
        return errors.asList().stream().map(JsonElement::getAsJsonObject).toList();
    }

    private static String message(JsonObject error) {
        return error.get("message").getAsString();
    }

    @ParameterizedTest
    @CsvSource({"PUT,domain", "DELETE,domain", "PUT,upstream", "DELETE,upstream"})
    void noBody(String method, String resource) {
        List<JsonObject> errors = errors(method, "/__erulb__/" + resource, "");

        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(message(error)).startsWith("no body (expected: an "));
    }

    @Test
    void malformedJsonIsToldByLineAndColumn() {
        List<JsonObject> errors = errors("PUT", DOMAIN, "{\n  \"t.local\": {\"init\" \"r1\"}}");

        assertThat(errors)
                .singleElement()
                .satisfies(error ->
                        assertThat(message(error)).startsWith("malformed JSON").contains("line 2 column 2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ends too early  | {\"t.local\": {\"init\"",
                "two values      | {} {}",
                "a comment       | /* no */ {}",
                "single quotes   | {'t.local': {}}",
                "a trailing comma| {\"t.local\": {},}",
                "blanks alone    | '   '",
            })
    void malformedJsonOfEveryKind(String kind, String body) {
        assertThat(errors("PUT", DOMAIN, body))
                .as(kind)
                .singleElement()
                .satisfies(error ->
                        assertThat(message(error)).startsWith("malformed JSON").contains("line 1 column"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | domain   | []             | the body is [] (expected: an object of domain to rule document)",
                "PUT    | upstream | \"up1\"        | the body is \"up1\" (expected: an object of upstream to its servers)",
                "DELETE | domain   | {\"t.local\":1}| the body is {\"t.local\":1} (expected: an array of names",
                "DELETE | upstream | null           | the body is null (expected: an array of names",
            })
    void aBodyOfTheWrongShape(String method, String resource, String body, String message) {
        assertThat(errors(method, "/__erulb__/" + resource, body))
                .singleElement()
                .satisfies(error -> assertThat(message(error)).startsWith(message));
    }

    @Test
    void namesToDeleteThatAreNoStrings() {
        List<JsonObject> errors = errors("DELETE", DOMAIN, "[\"t.local\",5,null]");

        assertThat(errors)
                .extracting(error -> error.get("field").getAsString() + " "
                        + error.get("value").getAsString())
                .containsExactly("[1] 5", "[2] null");
    }

    @Test
    void aDocumentThatIsNoObject() {
        List<JsonObject> errors = errors("PUT", DOMAIN, "{\"t.local\":[1]}");

        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.get("domain").getAsString()).isEqualTo("t.local");
            assertThat(message(error)).contains("an array").contains("expected");
        });
    }

    @Test
    void namesThatStandTwice() {
        assertThat(errors("PUT", DOMAIN, "{\"a\":" + toUpstream("up1") + ",\"a\":" + toUpstream("up1") + "}"))
                .singleElement()
                .satisfies(error -> assertThat(error.toString())
                        .isEqualTo("{\"domain\":\"a\",\"message\":\"the name stands twice in the body\"}"));
        assertThat(errors("PUT", DOMAIN, "{\"a\":{\"init\":\"r1\",\"init\":\"r2\",\"rules\":{}}}"))
                .anySatisfy(error -> assertThat(message(error)).contains("twice"));
        assertThat(errors("PUT", UPSTREAM, "{\"up1\":{\"127.0.0.1\":\"\",\"127.0.0.1\":\"\"},\"up1\":{}}"))
                .extracting(error -> error.has("server"))
                .containsExactly(true, false);
    }

    @Test
    void everyFaultOfABodyWithItsPlace() {
        List<JsonObject> errors = errors("PUT", DOMAIN, """
                {
                  "good.local": {"init": "r1", "rules": {"r1": {"type": "backend", "args": {"servername": "up1"}}}},
                  "t.local": {"init": "cycle1", "rules": {
                    "cycle1": {"type": "ua", "args": {"pattern": "a", "succ": "cycle2", "fail": "dangling"}},
                    "cycle2": {"type": "ua", "args": {"pattern": "b", "succ": "cycle1", "fail": "unknown"}},
                    "dangling": {"type": "ua", "args": {"pattern": "c", "succ": "nowhere", "fail": "pattern"}},
                    "unknown": {"type": "no-such-type", "args": {}},
                    "pattern": {"type": "ua", "args": {"pattern": "(", "succ": "boolean", "fail": "boolean"}},
                    "boolean": {"type": "path", "args": {"pattern": "/", "regex": "yes", "succ": "end", "fail": "end"}},
                    "end": {"type": "backend", "args": {"servername": "up1"}}
                  }}
                }
                """);

        assertThat(errors)
                .hasSize(5)
                .allSatisfy(
                        error -> assertThat(error.get("domain").getAsString()).isEqualTo("t.local"));
        assertThat(errors)
                .extracting(error -> error.get("rule").getAsString())
                .contains("dangling", "unknown", "pattern", "boolean")
                .containsAnyOf("cycle1", "cycle2");
    }

    @Test
    void everyFaultOfServersWithItsPlace() {
        List<JsonObject> errors = errors(
                "PUT",
                UPSTREAM,
                "{\"up1\":{\"127.0.0.1\":5,\"127.0.0.2\":null,\"127.0.0.3\":\"weight=0\"},\"up2\":[\"127.0.0.1\"]}");

        assertThat(errors)
                .extracting(
                        error -> error.get("upstream").getAsString(),
                        error -> error.get("field").getAsString())
                .containsExactly(
                        tuple("up1", "parameters"),
                        tuple("up1", "parameters"),
                        tuple("up2", "servers"),
                        tuple("up1", "weight"));
        assertThat(errors.get(0).toString())
                .isEqualTo("{\"upstream\":\"up1\",\"server\":\"127.0.0.1\",\"field\":\"parameters\",\"value\":\"5\","
                        + "\"message\":\"expected: a string, such as \\\"weight=2\\\" or \\\"\\\"\"}");
    }
}

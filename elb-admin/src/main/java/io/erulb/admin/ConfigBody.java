package io.erulb.admin;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a PUT of domains, upstreams and policies together, each part like that of its own resource, but that {@code null} in
 * place of a document or of servers removes. For one request.
 */
final class ConfigBody {
    private static final String EXPECTED = "an object with any of \"domains\", \"upstreams\" and \"policies\"";

    private final RoutingChange.Builder change = RoutingChange.builder();
    private final List<RoutingFault> faults = new ArrayList<>();
    private final DocumentBody domains = new DocumentBody(Documents.RULES, change, faults);
    private final UpstreamBody upstreams = new UpstreamBody(change, faults);
    private final DocumentBody policies = new DocumentBody(Documents.POLICIES, change, faults);

    private ConfigBody() {}

    /**
     * Reads a body. What its values say is judged with the change.
     *
     * @throws Refusal when it is no JSON object, or has other members
     */
    static Edits read(AdminRequest request) {
        ConfigBody body = new ConfigBody();
        StrictJson.read(request.text(EXPECTED), body::parts);
        return new Edits(body.change.build(), body.faults);
    }

    private void parts(JsonReader in) throws IOException {
        if (in.peek() != JsonToken.BEGIN_OBJECT) {
            throw Refusal.wrongBody(StrictJson.shown(in), EXPECTED);
        }
        StrictJson.members(in, ConfigBody::doubled, name -> part(in, name));
    }

    private void part(JsonReader in, String name) throws IOException {
        switch (name) {
            case "domains" -> domains.readOrRemove(in);
            case "upstreams" -> upstreams.readOrRemove(in);
            case "policies" -> policies.readOrRemove(in);
            default ->
                throw Refusal.badRequest(
                        "\"" + name + "\" is no part of the configuration (expected: " + EXPECTED + ")");
        }
    }

    private static void doubled(String name) {
        throw Refusal.badRequest("\"" + name + "\" stands twice in the body");
    }
}

package io.erulb.admin;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingFault;
import io.erulb.routing.RoutingFault.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A body of upstreams: an object of name to an object of server to parameters. For one request. */
final class UpstreamBody {
    private static final String EXPECTED = "an object of upstream to its servers";
    private static final String EXPECTED_SERVERS =
            "expected: an object of server to parameters, such as {\"127.0.0.1:8088\":\"weight=2\"}";
    private static final String EXPECTED_PARAMETERS = "expected: a string, such as \"weight=2\" or \"\"";

    private final RoutingChange.Builder change;
    private final List<RoutingFault> faults;

    /** Collects into these what it reads. */
    UpstreamBody(RoutingChange.Builder change, List<RoutingFault> faults) {
        this.change = change;
        this.faults = faults;
    }

    /**
     * Reads a body. Addresses and parameters are judged with the change.
     *
     * @throws Refusal when it is no JSON object
     */
    static Edits read(AdminRequest request) {
        UpstreamBody body = new UpstreamBody(RoutingChange.builder(), new ArrayList<>());
        StrictJson.read(request.text(EXPECTED), body::upstreams);
        return new Edits(body.change.build(), body.faults);
    }

    /** Reads a part of a greater body, in which servers may also be {@code null}: the upstream is removed. */
    void readOrRemove(JsonReader in) throws IOException {
        requireObject(in);
        StrictJson.members(in, name -> doubled(name, null), name -> {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                change.removeUpstream(name);
            } else {
                upstream(in, name);
            }
        });
    }

    private void upstreams(JsonReader in) throws IOException {
        requireObject(in);
        StrictJson.members(in, name -> doubled(name, null), name -> upstream(in, name));
    }

    private static void requireObject(JsonReader in) throws IOException {
        if (in.peek() != JsonToken.BEGIN_OBJECT) {
            throw Refusal.wrongBody(StrictJson.shown(in), EXPECTED);
        }
    }

    private void upstream(JsonReader in, String name) throws IOException {
        if (in.peek() != JsonToken.BEGIN_OBJECT) {
            String shown = StrictJson.shown(in);
            faults.add(new RoutingFault(Kind.UPSTREAM, name, null, "servers", shown, EXPECTED_SERVERS));
            return;
        }
        Map<String, String> servers = new LinkedHashMap<>();
        StrictJson.members(in, server -> doubled(name, server), server -> {
            if (in.peek() == JsonToken.STRING) {
                servers.put(server, in.nextString());
            } else {
                String shown = StrictJson.shown(in);
                faults.add(new RoutingFault(Kind.UPSTREAM, name, server, "parameters", shown, EXPECTED_PARAMETERS));
            }
        });
        change.putUpstream(name, servers);
    }

    private void doubled(String name, @Nullable String server) {
        faults.add(new RoutingFault(Kind.UPSTREAM, name, server, null, null, "the name stands twice in its object"));
    }
}

package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.routing.ConfiguredUpstream;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingTable;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.Map;

/** {@code config}: domains, upstreams and policies together, so that one body changes all of them at one moment. */
final class ConfigResource implements Resource {
    private final LiveRouting routing;
    private final Changes changes;
    private final ConfigTags tags;

    ConfigResource(LiveRouting routing, Changes changes, ConfigTags tags) {
        this.routing = routing;
        this.changes = changes;
        this.tags = tags;
    }

    @Override
    public String name() {
        return "config";
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("GET", this::get, "PUT", this::put);
    }

    private Answer get(AdminRequest request) {
        RoutingTable table = routing.current();
        return Answer.json(StatusCodes.OK, JsonText.of(out -> {
                    out.beginObject().name("domains");
                    Documents.RULES.write(out, table);
                    out.name("upstreams");
                    writeUpstreams(out, table);
                    out.name("policies");
                    Documents.POLICIES.write(out, table);
                    out.endObject();
                }))
                .with(Headers.ETAG, tags.config(table));
    }

    /** As a PUT takes them: upstream to server to parameters. */
    private static void writeUpstreams(JsonWriter out, RoutingTable table) throws IOException {
        out.beginObject();
        for (ConfiguredUpstream upstream : table.upstreams().values()) {
            out.name(upstream.name()).beginObject();
            for (Map.Entry<String, String> server : upstream.parameters().entrySet()) {
                out.name(server.getKey()).value(server.getValue());
            }
            out.endObject();
        }
        out.endObject();
    }

    private Answer put(AdminRequest request) {
        return changes.apply(request, ConfigBody.read(request), tags::config, Answer.OK);
    }
}

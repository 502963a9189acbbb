package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.routing.Domain;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingTable;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code domain}: the rule documents in force. */
final class DomainResource implements Resource {
    private final LiveRouting routing;
    private final Changes changes;
    private final ConfigTags tags;

    DomainResource(LiveRouting routing, Changes changes, ConfigTags tags) {
        this.routing = routing;
        this.changes = changes;
        this.tags = tags;
    }

    @Override
    public String name() {
        return "domain";
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("GET", this::get, "PUT", this::put, "DELETE", this::delete);
    }

    private Answer get(AdminRequest request) {
        RoutingTable table = routing.current();
        return Answer.json(StatusCodes.OK, JsonText.of(out -> write(out, table)))
                .with(Headers.ETAG, tags.domains(table));
    }

    /** All domains as an object of name to document. */
    static void write(JsonWriter out, RoutingTable table) throws IOException {
        out.beginObject();
        for (Domain domain : table.domains().values()) {
            out.name(domain.name()).jsonValue(domain.rules().toJson());
        }
        out.endObject();
    }

    private Answer put(AdminRequest request) {
        return changes.apply(request, DomainBody.read(request), tags::domains, Answer.OK);
    }

    private Answer delete(AdminRequest request) {
        RoutingChange.Builder change = RoutingChange.builder();
        NameList.read(request).forEach(change::removeDomain);
        return changes.apply(request, new Edits(change.build(), List.of()), tags::domains, Answer.OK);
    }
}

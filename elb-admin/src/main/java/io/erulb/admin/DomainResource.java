package io.erulb.admin;

import io.erulb.routing.Domain;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.undertow.util.StatusCodes;
import java.util.List;
import java.util.Map;

/** {@code domain}: the rule documents in force. */
final class DomainResource implements Resource {
    private final LiveRouting routing;
    private final Changes changes;

    DomainResource(LiveRouting routing, Changes changes) {
        this.routing = routing;
        this.changes = changes;
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
        return Answer.json(StatusCodes.OK, JsonText.of(out -> {
            out.beginObject();
            for (Domain domain : routing.current().domains().values()) {
                out.name(domain.name()).jsonValue(domain.rules().toJson());
            }
            out.endObject();
        }));
    }

    private Answer put(AdminRequest request) {
        changes.apply(DomainBody.read(request));
        return Answer.OK;
    }

    private Answer delete(AdminRequest request) {
        RoutingChange.Builder change = RoutingChange.builder();
        NameList.read(request).forEach(change::removeDomain);
        changes.apply(new Edits(change.build(), List.of()));
        return Answer.OK;
    }
}

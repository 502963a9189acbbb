package io.erulb.admin;

import io.erulb.routing.ConfiguredUpstream;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.undertow.util.StatusCodes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code upstream}: the upstreams in force and their servers. */
final class UpstreamResource implements Resource {
    private final LiveRouting routing;
    private final Changes changes;

    UpstreamResource(LiveRouting routing, Changes changes) {
        this.routing = routing;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "upstream";
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("GET", this::get, "PUT", this::put, "DELETE", this::delete);
    }

    private Answer get(AdminRequest request) {
        return Answer.json(StatusCodes.OK, JsonText.of(out -> {
            out.beginObject();
            for (ConfiguredUpstream upstream : routing.current().upstreams().values()) {
                out.name(upstream.name());
                ServerJson.write(out, upstream.live().servers());
            }
            out.endObject();
        }));
    }

    private Answer put(AdminRequest request) {
        changes.apply(UpstreamBody.read(request));
        return Answer.OK;
    }

    /** As in the original, success with a verdict on each name: true, or 404 for one that was not there. */
    private Answer delete(AdminRequest request) {
        Set<String> names = NameList.read(request);
        Set<String> known = routing.current().upstreams().keySet();
        RoutingChange.Builder change = RoutingChange.builder();
        names.forEach(change::removeUpstream);
        changes.apply(new Edits(change.build(), List.of()));
        return Answer.json(StatusCodes.OK, JsonText.of(out -> {
            out.beginObject();
            for (String name : names) {
                out.name(name).jsonValue(known.contains(name) ? "true" : "404");
            }
            out.endObject();
        }));
    }
}

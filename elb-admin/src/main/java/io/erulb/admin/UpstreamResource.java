package io.erulb.admin;

import io.erulb.routing.ConfiguredUpstream;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingTable;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code upstream}: the upstreams in force and their servers. */
final class UpstreamResource implements Resource {
    private final LiveRouting routing;
    private final Changes changes;
    private final ConfigTags tags;

    UpstreamResource(LiveRouting routing, Changes changes, ConfigTags tags) {
        this.routing = routing;
        this.changes = changes;
        this.tags = tags;
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
        RoutingTable table = routing.current();
        boolean verbose = verbose(request);
        return Answer.json(StatusCodes.OK, JsonText.of(out -> {
                    out.beginObject();
                    for (ConfiguredUpstream upstream : table.upstreams().values()) {
                        out.name(upstream.name());
                        ServerJson.write(out, upstream.live(), verbose);
                    }
                    out.endObject();
                }))
                .with(Headers.ETAG, tags.upstreams(table));
    }

    private static boolean verbose(AdminRequest request) {
        String verbose = request.parameter("verbose");
        if (verbose != null && !List.of("", "true", "false").contains(verbose)) {
            throw Refusal.badRequest("?verbose=" + verbose + " (expected: true or false)");
        }
        return verbose != null && !verbose.equals("false");
    }

    private Answer put(AdminRequest request) {
        return changes.apply(request, UpstreamBody.read(request), tags::upstreams, Answer.OK);
    }

    /** As in the original, success with a verdict on each name: true, or 404 for one that was not there. */
    private Answer delete(AdminRequest request) {
        Set<String> names = NameList.read(request);
        Set<String> known = routing.current().upstreams().keySet();
        RoutingChange.Builder change = RoutingChange.builder();
        names.forEach(change::removeUpstream);
        Answer verdicts = Answer.json(StatusCodes.OK, JsonText.of(out -> {
            out.beginObject();
            for (String name : names) {
                out.name(name).jsonValue(known.contains(name) ? "true" : "404");
            }
            out.endObject();
        }));
        return changes.apply(request, new Edits(change.build(), List.of()), tags::upstreams, verdicts);
    }
}

package io.erulb.admin;

import io.erulb.routing.ConfigSource;
import io.erulb.routing.ConfigSource.Writing;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.SourceException;
import io.undertow.util.StatusCodes;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** {@code dump}: writes the configuration in force to the store. */
final class DumpResource implements Resource {
    private final LiveRouting routing;
    private final ConfigSource source;
    private final Changes changes;
    private final ConfigTags tags;

    DumpResource(LiveRouting routing, ConfigSource source, Changes changes, ConfigTags tags) {
        this.routing = routing;
        this.source = source;
        this.changes = changes;
        this.tags = tags;
    }

    @Override
    public String name() {
        return "dump";
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("PUT", this::put);
    }

    private Answer put(AdminRequest request) {
        if (request.options().toStore()
                || request.options().force()
                || request.options().maxMoved() != null) {
            throw Refusal.badRequest(
                    "a dump has no other parameters than ?dry-run, ?wait and ?timeout, so nothing was done");
        }
        if (!routing.current().loaded()) {
            // What the store holds is not known yet, and would be taken for deleted.
            return Answer.message(StatusCodes.SERVICE_UNAVAILABLE, "no configuration is in force yet");
        }
        changes.requireExpected(request.options(), tags::config);
        try {
            if (request.options().dryRun()) {
                return planned(source.plan());
            }
            source.dump(request.options().author());
            return changes.dumped(request.options());
        } catch (SourceException refused) {
            return Changes.refused(refused);
        }
    }

    private static Answer planned(SortedMap<String, Writing> plan) {
        return Answer.json(StatusCodes.OK, JsonText.of(out -> {
            out.beginObject()
                    .name("msg")
                    .value("nothing was written")
                    .name("dry_run")
                    .value(true);
            out.name("keys").beginObject();
            for (Map.Entry<String, Writing> each : plan.entrySet()) {
                out.name(each.getKey()).value(each.getValue().name().toLowerCase(Locale.ROOT));
            }
            out.endObject().endObject();
        }));
    }
}

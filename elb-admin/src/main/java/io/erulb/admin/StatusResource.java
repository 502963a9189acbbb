package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.routing.ConfigSource;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingProblem;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.SourceStatus;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code status}: which configuration is in force, how its source is doing, and what is wrong. */
final class StatusResource implements Resource {
    private final LiveRouting routing;
    private final ConfigSource source;

    StatusResource(LiveRouting routing, ConfigSource source) {
        this.routing = routing;
        this.source = source;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("GET", request -> Answer.json(StatusCodes.OK, JsonText.of(this::write)));
    }

    private void write(JsonWriter out) throws IOException {
        RoutingTable table = routing.current();
        SourceStatus status = source.status();
        out.beginObject().name("version").value(table.version());
        out.name("source");
        writeSource(out, status);
        out.name("revision").value(table.sourceRevision());
        out.name("domains").value(table.domains().size());
        out.name("upstreams").value(table.upstreams().size());
        out.name("problems");
        writeProblems(out, routing.problems());
        out.name("stray_keys").beginArray();
        for (String key : status.strayKeys()) {
            out.value(key);
        }
        out.endArray().endObject();
    }

    private static void writeSource(JsonWriter out, SourceStatus status) throws IOException {
        out.beginObject().name("description").value(status.description());
        out.name("connected").value(status.connected());
        Duration age = status.age();
        if (age != null) {
            out.name("age_ms").value(age.toMillis());
        }
        out.name("revision").value(status.revision());
        if (status.error() != null) {
            out.name("error").value(status.error());
        }
        SourceStatus.Copy copy = status.copy();
        if (copy != null) {
            out.name("copy");
            writeCopy(out, copy);
        }
        out.endObject();
    }

    private static void writeCopy(JsonWriter out, SourceStatus.Copy copy) throws IOException {
        out.beginObject().name("file").value(copy.file());
        if (copy.inForceOf() != null) {
            out.name("in_force_of").value(copy.inForceOf().toString());
        }
        if (copy.error() != null) {
            out.name("error").value(copy.error());
        }
        out.endObject();
    }

    private static void writeProblems(JsonWriter out, List<RoutingProblem> problems) throws IOException {
        out.beginArray();
        for (RoutingProblem problem : problems) {
            out.beginObject();
            ErrorEntry.of(problem.fault()).writeMembers(out);
            out.name("since").value(problem.since().toString());
            out.name("revision").value(problem.revision()).endObject();
        }
        out.endArray();
    }
}

package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.routing.Fleet;
import io.erulb.routing.FleetMember;
import io.erulb.routing.SourceException;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code fleet}: the instances on one store, and whether they have the same in force. */
final class FleetResource implements Resource {
    private final Fleet fleet;

    FleetResource(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public String name() {
        return "fleet";
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("GET", request -> get());
    }

    private Answer get() {
        try {
            List<FleetMember> members = fleet.members();
            return Answer.json(StatusCodes.OK, JsonText.of(out -> write(out, members)));
        } catch (SourceException away) {
            return Changes.refused(away);
        }
    }

    private static void write(JsonWriter out, List<FleetMember> members) throws IOException {
        long configurations =
                members.stream().map(member -> member.config().tag()).distinct().count();
        out.beginObject().name("agree").value(configurations <= 1).name("instances");
        out.beginArray();
        for (FleetMember member : members) {
            write(out, member);
        }
        out.endArray().endObject();
    }

    private static void write(JsonWriter out, FleetMember member) throws IOException {
        out.beginObject().name("name").value(member.name());
        out.name("self").value(member.self());
        out.name("version").value(member.version());
        out.name("started").value(member.started().toString());
        out.name("age_ms").value(member.age().toMillis());
        out.name("revision").value(member.config().revision());
        out.name("config").value(member.config().tag());
        out.name("problems").beginArray();
        for (FleetMember.Problem problem : member.problems()) {
            out.value(problem.message());
        }
        out.endArray().endObject();
    }
}

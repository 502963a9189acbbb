package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.routing.ConfigSource;
import io.erulb.routing.DumpException;
import io.erulb.routing.LiveRouting;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code dump}: writes the configuration in force to the store. */
final class DumpResource implements Resource {
    private final LiveRouting routing;
    private final ConfigSource source;

    DumpResource(LiveRouting routing, ConfigSource source) {
        this.routing = routing;
        this.source = source;
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
        if (!routing.current().loaded()) {
            // What the store holds is not known yet, and would be taken for deleted.
            return Answer.message(StatusCodes.SERVICE_UNAVAILABLE, "no configuration is in force yet");
        }
        try {
            source.dump();
            return Answer.OK;
        } catch (DumpException refused) {
            return refused(refused);
        }
    }

    private static Answer refused(DumpException cause) {
        String reason = String.valueOf(cause.getMessage());
        return cause.conflict()
                ? Answer.json(StatusCodes.CONFLICT, JsonText.of(out -> writeConflict(out, reason, cause.keys())))
                : Answer.message(StatusCodes.SERVICE_UNAVAILABLE, reason);
    }

    private static void writeConflict(JsonWriter out, String reason, List<String> keys) throws IOException {
        out.beginObject().name("msg").value(reason).name("keys").beginArray();
        for (String key : keys) {
            out.value(key);
        }
        out.endArray().endObject();
    }
}

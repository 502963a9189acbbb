package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.routing.ConfigSource;
import io.erulb.routing.PastChange;
import io.erulb.routing.PastChange.Edit;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.routing.SourceException;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code history}: the changes that were made, and each of them with what it changed. */
final class HistoryResource implements Resource {
    private static final int USUAL_LIMIT = 100;

    private final ConfigSource source;

    HistoryResource(ConfigSource source) {
        this.source = source;
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("GET", this::get);
    }

    private Answer get(AdminRequest request) {
        String id = request.item();
        try {
            return id == null ? list(request) : shown(find(source, id), request.plain());
        } catch (SourceException away) {
            return Changes.refused(away);
        }
    }

    /**
     * A change by its name.
     *
     * @throws Refusal when there is none
     */
    static PastChange find(ConfigSource source, @Nullable String id) throws SourceException {
        PastChange change = id == null ? null : source.change(id);
        if (change == null) {
            throw new Refusal(Answer.message(StatusCodes.NOT_FOUND, "the history has no change of this name"));
        }
        return change;
    }

    private Answer list(AdminRequest request) throws SourceException {
        String domain = request.parameter("domain");
        String upstream = request.parameter("upstream");
        List<PastChange> changes = source.changes().stream()
                .filter(change -> domain == null || concerns(change, Kind.DOMAIN, domain))
                .filter(change -> upstream == null
                        || concerns(change, Kind.UPSTREAM, upstream)
                        || concerns(change, Kind.POLICY, upstream))
                .limit(limit(request.parameter("limit")))
                .toList();
        return Answer.json(StatusCodes.OK, JsonText.of(out -> {
            out.beginObject().name("changes").beginArray();
            for (PastChange change : changes) {
                out.beginObject();
                writeHead(out, change);
                writeNames(out, "domains", change, Kind.DOMAIN);
                writeNames(out, "upstreams", change, Kind.UPSTREAM);
                writeNames(out, "policies", change, Kind.POLICY);
                out.endObject();
            }
            out.endArray().endObject();
        }));
    }

    private static boolean concerns(PastChange change, Kind kind, String name) {
        return change.edits().stream()
                .anyMatch(edit -> edit.kind() == kind && edit.name().equals(name));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL_LIMIT;
        }
        if (!text.matches("[1-9][0-9]{0,4}")) {
            throw Refusal.badRequest("?limit=" + text + " (expected: 1 to 99999)");
        }
        return Integer.parseInt(text);
    }

    private static void writeHead(JsonWriter out, PastChange change) throws IOException {
        out.name("id").value(change.id()).name("at").value(change.at().toString());
        out.name("by").value(change.author().by());
        out.name("message").value(change.author().message());
        out.name("to").value(change.stored() ? "store" : "memory");
    }

    private static void writeNames(JsonWriter out, String name, PastChange change, Kind kind) throws IOException {
        out.name(name).beginArray();
        List<String> names = change.edits().stream()
                .filter(edit -> edit.kind() == kind)
                .map(Edit::name)
                .distinct()
                .toList();
        for (String each : names) {
            out.value(each);
        }
        out.endArray();
    }

    private static Answer shown(PastChange change, boolean plain) {
        if (plain) {
            return Answer.text(ChangeText.of(change));
        }
        return Answer.json(StatusCodes.OK, JsonText.of(out -> {
            out.beginObject();
            writeHead(out, change);
            out.name("edits").beginArray();
            for (Edit edit : change.edits()) {
                writeEdit(out, edit);
            }
            out.endArray().endObject();
        }));
    }

    private static void writeEdit(JsonWriter out, Edit edit) throws IOException {
        out.beginObject().name(edit.kind().word()).value(edit.name());
        if (edit.server() != null) {
            out.name(edit.kind().partWord()).value(edit.server());
        }
        writeValue(out.name("before"), edit, edit.before());
        writeValue(out.name("after"), edit, edit.after());
        out.name("diff").beginArray();
        for (String line : ChangeText.diff(edit)) {
            out.value(line);
        }
        out.endArray().endObject();
    }

    /** A document as JSON, parameters as a string. */
    private static void writeValue(JsonWriter out, Edit edit, @Nullable String value) throws IOException {
        if (value != null && edit.kind() != Kind.UPSTREAM && StrictJson.isJson(value)) {
            out.jsonValue(value);
        } else {
            out.value(value);
        }
    }
}

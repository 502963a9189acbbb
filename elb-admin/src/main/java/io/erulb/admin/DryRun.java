package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.routing.RoutingFault;
import io.erulb.routing.RoutingPreview;
import io.erulb.routing.RoutingPreview.Effect;
import io.erulb.rules.RuleGraph;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** What a write without faults would do, as answered to a dry run. */
final class DryRun {
    private DryRun() {}

    static Answer answer(RoutingPreview preview, Lint lint) {
        return answer(preview, lint, out -> {});
    }

    /** The same of a write that must not move much. */
    static Answer answer(RoutingPreview preview, Lint lint, Moves moves, MaxMoved most) {
        return answer(preview, lint, out -> {
            out.name("max_moved").value(most.toString());
            out.name("within").value(moves.within(most)).name("whatif");
            moves.write(out);
        });
    }

    private static Answer answer(RoutingPreview preview, Lint lint, JsonText.Writing more) {
        return Answer.json(StatusCodes.OK, JsonText.of(out -> {
            out.beginObject()
                    .name("msg")
                    .value("nothing was applied")
                    .name("dry_run")
                    .value(true);
            out.name("changes").beginArray();
            for (Effect effect : preview.effects()) {
                write(out, effect);
            }
            out.endArray().name("problems").beginArray();
            for (RoutingFault problem : preview.problems()) {
                out.beginObject();
                ErrorEntry.of(problem).writeMembers(out);
                out.endObject();
            }
            out.endArray().name("findings").beginObject();
            for (Map.Entry<String, RuleGraph> domain : preview.graphs().entrySet()) {
                out.name(domain.getKey())
                        .beginObject()
                        .name("errors")
                        .beginArray()
                        .endArray();
                FindingJson.write(out.name("findings"), lint.findings(domain.getValue()));
                out.endObject();
            }
            out.endObject();
            more.to(out);
            out.endObject();
        }));
    }

    private static void write(JsonWriter out, Effect effect) throws IOException {
        out.beginObject().name(effect.kind().word()).value(effect.name());
        out.name("change")
                .value(effect.action().name().toLowerCase(Locale.ROOT))
                .endObject();
    }
}

package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.routing.Target;
import io.erulb.rules.Decision;
import io.erulb.rules.Explanation.Outcome;
import io.erulb.rules.Explanation.Step;
import io.erulb.rules.HeaderField;
import io.erulb.rules.UriPath;
import io.erulb.upstream.Peer;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An explanation as JSON. */
final class ExplainJson {
    private ExplainJson() {}

    static void write(JsonWriter out, Explained explained) throws IOException {
        out.beginObject().name("request").value(explained.request().toString());
        if (explained.domain() != null) {
            out.name("domain").value(explained.domain().name());
            out.name("matched").value(explained.matched());
        }
        out.name("version").value(explained.table().version());
        out.name("revision").value(explained.table().sourceRevision());
        writeSteps(out, explained.steps());
        out.name("path").value(explained.path());
        writeDecision(out.name("decision"), explained);
        if (explained.logged() != null) {
            writeSince(out, explained.logged(), Since.of(explained, explained.logged()));
        }
        out.endObject();
    }

    private static void writeSteps(JsonWriter out, List<Step> steps) throws IOException {
        out.name("steps").beginArray();
        for (Step step : steps) {
            write(out, step);
        }
        out.endArray();
    }

    private static void writeSince(JsonWriter out, LoggedRequest logged, Since since) throws IOException {
        out.name("logged").beginObject();
        if (logged.domain() != null) {
            out.name("domain").value(logged.domain());
            out.name("version").value(logged.version());
            out.name("revision").value(logged.revision());
        }
        out.name("path").value(logged.path());
        if (!since.steps().isEmpty()) {
            writeSteps(out, since.steps());
        }
        out.endObject();
        out.name("same").value(since.same()).name("changed").value(since.changed());
        if (!since.notes().isEmpty()) {
            out.name("notes").beginArray();
            for (String note : since.notes()) {
                out.value(note);
            }
            out.endArray();
        }
    }

    static void write(JsonWriter out, Step step) throws IOException {
        out.beginObject().name("rule").value(step.rule()).name("type").value(step.type());
        Outcome outcome = step.outcome();
        if (outcome != Outcome.DECIDED) {
            out.name("value").value(step.seen()).name("pattern").value(step.expected());
            out.name("matched").value(step.matched());
        }
        if (outcome == Outcome.GAVE_UP || outcome == Outcome.FAILED) {
            out.name("outcome").value(outcome.name().toLowerCase(Locale.ROOT));
        }
        if (!step.captures().isEmpty()) {
            out.name("captures").beginObject();
            for (Map.Entry<String, String> capture : step.captures().entrySet()) {
                out.name(capture.getKey()).value(capture.getValue());
            }
            out.endObject();
        }
        if (step.edge() != null) {
            out.name("edge").value(step.edge()).name("next").value(step.next());
        }
        if (step.rewritten() != null) {
            out.name("rewritten").value(step.rewritten());
        }
        out.endObject();
    }

    private static void writeDecision(JsonWriter out, Explained explained) throws IOException {
        Decision decision = explained.decision();
        out.beginObject();
        if (decision instanceof Decision.Forward forward) {
            out.name("upstream").value(forward.upstream());
            out.name("path").value(UriPath.encode(explained.path(forward)));
            writeHeaders(out, forward.headers());
            writeTarget(out, explained.target());
        } else if (decision instanceof Decision.Redirect redirect) {
            out.name("status").value(redirect.status()).name("location").value(redirect.location());
        } else if (decision instanceof Decision.Respond respond) {
            out.name("status").value(respond.status());
            writeHeaders(out, respond.headers());
            out.name("body").value(respond.body());
        } else if (decision instanceof Decision.Reject reject) {
            out.name("status").value(reject.status()).name("reason").value(reject.reason());
        }
        out.endObject();
    }

    private static void writeHeaders(JsonWriter out, List<HeaderField> headers) throws IOException {
        if (headers.isEmpty()) {
            return;
        }
        out.name("headers").beginObject();
        for (HeaderField header : headers) {
            out.name(header.name()).value(String.join(", ", header.values()));
        }
        out.endObject();
    }

    private static void writeTarget(JsonWriter out, @Nullable Target target) throws IOException {
        if (target == null) {
            out.name("status").value(StatusCodes.SERVICE_UNAVAILABLE);
            out.name("reason").value("the upstream is not known");
            return;
        }
        out.name("servers").beginArray();
        for (Peer peer : target.live().peers()) {
            out.beginObject();
            PeerJson.writeMembers(out, peer);
            Candidacy candidacy = Candidacy.of(target.live(), peer);
            out.name("candidate").value(candidacy.is());
            if (!candidacy.why().isEmpty()) {
                out.name("why").value(candidacy.why());
            }
            out.endObject();
        }
        out.endArray();
    }
}

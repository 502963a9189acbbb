package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.analysis.Finding;
import io.erulb.rules.analysis.Witness;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Findings as JSON; a witness is such a request as {@code explain} takes. */
final class FindingJson {
    private FindingJson() {}

    static void write(JsonWriter out, List<Finding> findings) throws IOException {
        out.beginArray();
        for (Finding finding : findings) {
            out.beginObject().name("kind").value(finding.kind().word());
            out.name("rule").value(finding.rule());
            if (finding.edge() != null) {
                out.name("edge").value(finding.edge());
            }
            out.name("message").value(finding.message());
            if (finding.witness() != null) {
                write(out.name("witness"), finding.witness());
            }
            out.endObject();
        }
        out.endArray();
    }

    private static void write(JsonWriter out, Witness witness) throws IOException {
        RequestFacts request = witness.request();
        out.beginObject().name("request").beginObject();
        out.name("method").value(request.method());
        out.name("url").value(request.url());
        if (!request.fields().isEmpty()) {
            out.name("headers").beginObject();
            for (Map.Entry<String, List<String>> field : request.fields().entrySet()) {
                out.name(field.getKey());
                writeLines(out, field.getValue());
            }
            out.endObject();
        }
        out.name("client").value(request.client().getHostAddress()).endObject();
        if (witness.at() != null) {
            out.name("at").value(witness.at().toString());
        }
        if (!witness.given().isEmpty()) {
            out.name("given").beginObject();
            for (Map.Entry<String, Boolean> verdict : new TreeMap<>(witness.given()).entrySet()) {
                out.name(verdict.getKey()).value(verdict.getValue() ? "succ" : "fail");
            }
            out.endObject();
        }
        out.name("path").value(witness.explanation().path()).endObject();
    }

    private static void writeLines(JsonWriter out, List<String> lines) throws IOException {
        if (lines.size() == 1) {
            out.value(lines.get(0));
            return;
        }
        out.beginArray();
        for (String line : lines) {
            out.value(line);
        }
        out.endArray();
    }
}

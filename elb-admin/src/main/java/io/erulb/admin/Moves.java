package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.rules.Explanation;
import io.erulb.rules.whatif.Comparison;
import io.erulb.rules.whatif.Comparison.Edge;
import io.erulb.rules.whatif.Comparison.Example;
import io.erulb.rules.whatif.Comparison.Flow;
import io.erulb.rules.whatif.Comparison.Unknown;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many requests a change would have moved, and from where to where.
 *
 * @param domains by name
 */
record Moves(Map<String, Comparison> domains) {
    private static final int TOLD = 3;

    Moves {
        domains = Collections.unmodifiableMap(new LinkedHashMap<>(domains));
    }

    /** Whether no domain has more that would move, or may, than that. */
    boolean within(MaxMoved most) {
        return domains.values().stream().noneMatch(each -> isMore(each, most));
    }

    private static boolean isMore(Comparison domain, MaxMoved most) {
        return most.isBelow(domain.moved() + domain.unsure(), domain.requests());
    }

    /** Refuses a write that would move more. */
    Refusal refusal(MaxMoved most) {
        String which = domains.entrySet().stream()
                .filter(each -> isMore(each.getValue(), most))
                .map(each -> sentence(each.getKey(), each.getValue()))
                .collect(Collectors.joining("; "));
        return new Refusal(Answer.json(StatusCodes.CONFLICT, JsonText.of(out -> {
            out.beginObject()
                    .name("msg")
                    .value("more than " + most + " of the requests would move, so nothing was done: " + which);
            out.name("max_moved").value(most.toString()).name("whatif");
            write(out);
            out.endObject();
        })));
    }

    private static String sentence(String domain, Comparison all) {
        String unsure = all.unsure() == 0 ? "" : ", and of " + all.unsure() + " it can't be told";
        String flows = all.flows().stream()
                .limit(TOLD)
                .map(flow -> flow.count() + " from " + flow.from() + " to " + flow.to())
                .collect(Collectors.joining(", "));
        return all.moved() + " of " + all.requests() + " to " + domain + (flows.isEmpty() ? "" : " (" + flows + ")")
                + unsure;
    }

    /** As {@code whatif} answers it. */
    void write(JsonWriter out) throws IOException {
        out.beginObject();
        for (Map.Entry<String, Comparison> domain : domains.entrySet()) {
            out.name(domain.getKey()).beginObject();
            writeMembers(out, domain.getValue());
            out.endObject();
        }
        out.endObject();
    }

    private static void writeMembers(JsonWriter out, Comparison domain) throws IOException {
        out.name("requests").value(domain.requests());
        out.name("since").value(text(domain.from())).name("until").value(text(domain.to()));
        out.name("moved").value(domain.moved()).name("rejects").value(domain.rejects());
        out.name("unsure").value(domain.unsure());
        out.name("drawn").value(domain.drawn()).name("assumed").value(domain.assumed());
        out.name("flows").beginArray();
        for (Flow flow : domain.flows()) {
            writeFlow(out, flow);
        }
        out.endArray().name("unknown").beginArray();
        for (Unknown unknown : domain.unknown()) {
            out.beginObject().name("rule").value(unknown.rule()).name("count").value(unknown.count());
            writeTexts(out.name("examples"), unknown.examples());
            out.endObject();
        }
        out.endArray().name("edges").beginArray();
        for (Edge edge : domain.edges()) {
            out.beginObject().name("from").value(edge.from()).name("edge").value(edge.edge());
            out.name("before").value(edge.before()).name("after").value(edge.after());
            out.endObject();
        }
        out.endArray();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static void writeFlow(JsonWriter out, Flow flow) throws IOException {
        out.beginObject().name("from").value(flow.from()).name("to").value(flow.to());
        if (flow.differs() != null) {
            out.name("differs").value(flow.differs());
        }
        out.name("count").value(flow.count()).name("examples").beginArray();
        for (Example example : flow.examples()) {
            out.beginObject().name("request").value(example.request());
            out.name("at").value(example.at().toString());
            writeExplanation(out.name("before"), example.before());
            writeExplanation(out.name("after"), example.after());
            out.endObject();
        }
        out.endArray().endObject();
    }

    private static void writeExplanation(JsonWriter out, Explanation explanation) throws IOException {
        out.beginObject().name("path").value(explanation.path());
        out.name("decision")
                .value(WhatIfText.decision(explanation))
                .name("steps")
                .beginArray();
        for (Explanation.Step step : explanation.steps()) {
            ExplainJson.write(out, step);
        }
        out.endArray().endObject();
    }

    private static void writeTexts(JsonWriter out, List<String> texts) throws IOException {
        out.beginArray();
        for (String text : texts) {
            out.value(text);
        }
        out.endArray();
    }
}

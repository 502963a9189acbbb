package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.routing.Domain;
import io.erulb.routing.RoutingTable;
import io.erulb.rules.GraphFigures;
import java.io.IOException;

/** A graph with its figures as JSON. */
final class GraphJson {
    private static final double PRECISION = 10_000;

    private GraphJson() {}

    /** @param counting whether requests are counted at present */
    static void write(JsonWriter out, RoutingTable table, Domain domain, GraphFigures figures, boolean counting)
            throws IOException {
        out.beginObject().name("domain").value(domain.name());
        out.name("version").value(table.version()).name("revision").value(table.sourceRevision());
        out.name("counting").value(counting).name("init").value(figures.init());
        out.name("rules").beginArray();
        for (GraphFigures.Rule rule : figures.rules()) {
            write(out, rule);
        }
        out.endArray().name("edges").beginArray();
        for (GraphFigures.Edge edge : figures.edges()) {
            write(out, edge);
        }
        out.endArray().endObject();
    }

    private static void write(JsonWriter out, GraphFigures.Rule rule) throws IOException {
        out.beginObject().name("rule").value(rule.rule()).name("type").value(rule.type());
        out.name("args").jsonValue(rule.args());
        out.name("reachable").value(rule.reachable());
        out.name("count").value(rule.count()).name("failed").value(rule.failed());
        out.endObject();
    }

    private static void write(JsonWriter out, GraphFigures.Edge edge) throws IOException {
        out.beginObject().name("from").value(edge.from()).name("edge").value(edge.edge());
        out.name("to").value(edge.to());
        out.name("count").value(edge.count()).name("errors").value(edge.errors());
        out.name("rate").value(rounded(edge.rate())).name("share").value(rounded(edge.share()));
        out.name("since").value(edge.since());
        out.endObject();
    }

    /** To as many decimals as mean something. */
    static double rounded(double figure) {
        return Math.round(figure * PRECISION) / PRECISION;
    }
}

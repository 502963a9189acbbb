package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.routing.Domain;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.LiveTraffic;
import io.erulb.routing.LiveTraffic.Total;
import io.erulb.routing.RoutingTable;
import io.erulb.rules.GraphFigures;
import io.erulb.rules.GraphFormat;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code graph}: the rules of a domain and the edges between them, with what was counted of requests; domains in short. */
final class GraphResource implements Resource {
    private final LiveRouting routing;
    private final @Nullable LiveTraffic traffic;

    /** @param traffic null when nothing is counted */
    GraphResource(LiveRouting routing, @Nullable LiveTraffic traffic) {
        this.routing = routing;
        this.traffic = traffic;
    }

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("GET", this::get);
    }

    private Answer get(AdminRequest request) {
        RoutingTable table = routing.current();
        String name = request.item();
        if (name == null) {
            return Answer.json(StatusCodes.OK, JsonText.of(out -> writeTotals(out, table)));
        }
        Domain domain = table.domains().get(name);
        if (domain == null) {
            return Answer.message(StatusCodes.NOT_FOUND, "no domain of this name is configured");
        }
        GraphFormat format = GraphView.format(request);
        GraphFigures figures = figures(domain);
        if (format != null) {
            String drawn = traffic == null
                    ? domain.graph().draw(format)
                    : domain.graph().draw(format, figures);
            return GraphView.answer(format, drawn);
        }
        return Answer.json(
                StatusCodes.OK, JsonText.of(out -> GraphJson.write(out, table, domain, figures, traffic != null)));
    }

    private GraphFigures figures(Domain domain) {
        return traffic == null ? domain.graph().traffic().figures() : traffic.figures(domain);
    }

    private void writeTotals(JsonWriter out, RoutingTable table) throws IOException {
        out.beginObject();
        for (Domain domain : table.domains().values()) {
            Total total = traffic == null ? new Total(0, 0, 0) : traffic.total(domain);
            out.name(domain.name()).beginObject();
            out.name("requests").value(total.requests()).name("errors").value(total.errors());
            out.name("rate").value(GraphJson.rounded(total.rate())).endObject();
        }
        out.endObject();
    }
}

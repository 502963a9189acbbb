package io.erulb.admin;

import io.erulb.admin.ExplainBody.Asked;
import io.erulb.routing.Domain;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.Target;
import io.erulb.rules.Decision;
import io.erulb.rules.Decision.Forward;
import io.erulb.rules.Explanation;
import io.erulb.rules.RequestFacts;
import io.undertow.util.StatusCodes;
import java.util.List;
import java.util.Map;

/** {@code explain}: why a request that might be made goes where it goes, by the configuration in force. */
final class ExplainResource implements Resource {
    private final LiveRouting routing;

    ExplainResource(LiveRouting routing) {
        this.routing = routing;
    }

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("POST", this::post);
    }

    private Answer post(AdminRequest request) {
        ExplainBody body = ExplainBody.read(request);
        RoutingTable table = routing.current();
        List<Explained> explained =
                body.requests().stream().map(each -> explain(table, each)).toList();
        return request.plain()
                ? Answer.text(ExplainText.of(explained))
                : Answer.json(StatusCodes.OK, JsonText.of(out -> {
                    if (body.several()) {
                        out.beginArray();
                    }
                    for (Explained each : explained) {
                        ExplainJson.write(out, each);
                    }
                    if (body.several()) {
                        out.endArray();
                    }
                }));
    }

    private static Explained explain(RoutingTable table, Asked asked) {
        RequestFacts request = asked.request();
        Domain domain = table.domain(request.authority());
        Explanation explanation = domain == null ? null : domain.graph().explain(request);
        Decision decision = explanation == null
                ? new Decision.Reject(StatusCodes.NOT_FOUND, "no domain of this name is configured")
                : explanation.decision();
        Target target = decision instanceof Forward forward ? table.target(forward.upstream()) : null;
        return new Explained(table, request, asked.logged(), domain, explanation, decision, target);
    }
}

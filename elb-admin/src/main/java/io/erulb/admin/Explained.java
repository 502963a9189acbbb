package io.erulb.admin;

import io.erulb.routing.Domain;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.Target;
import io.erulb.rules.Decision;
import io.erulb.rules.Decision.Forward;
import io.erulb.rules.Explanation;
import io.erulb.rules.Explanation.Step;
import io.erulb.rules.RequestFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request comes to by a table.
 *
 * @param domain the one that takes the request; null when none does
 * @param explanation of its rules; null without a domain
 * @param logged what the access log told of the request; null where it was not asked about by a line of that
 * @param target what the decision's upstream is; null when it is none, or unknown
 */
record Explained(
        RoutingTable table,
        RequestFacts request,
        @Nullable LoggedRequest logged,
        @Nullable Domain domain,
        @Nullable Explanation explanation,
        Decision decision,
        @Nullable Target target) {

    /** How the domain was found: {@code exact}, {@code host} (but for case, port or a last dot), {@code wildcard}, {@code default}. */
    String matched() {
        String name = domain == null ? "" : domain.name();
        if (name.equals(request.authority())) {
            return "exact";
        }
        if (name.equals("*")) {
            return "default";
        }
        return name.startsWith("*.") ? "wildcard" : "host";
    }

    List<Step> steps() {
        return explanation == null ? List.of() : explanation.steps();
    }

    /** The rules the walk came by, and the edges it took. */
    String path() {
        return explanation == null ? "" : explanation.path();
    }

    /** The path that goes to the server, decoded. */
    String path(Forward forward) {
        return forward.path() == null ? request.path() : forward.path();
    }
}

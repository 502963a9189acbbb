package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.routing.Domain;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.routing.RoutingProblem;
import io.erulb.routing.RoutingTable;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code lint}: what there is to say of the rules in force, and of those that were set aside. */
final class LintResource implements Resource {
    private final LiveRouting routing;
    private final Lint lint;

    LintResource(LiveRouting routing, Lint lint) {
        this.routing = routing;
        this.lint = lint;
    }

    @Override
    public String name() {
        return "lint";
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("GET", this::get);
    }

    private Answer get(AdminRequest request) {
        RoutingTable table = routing.current();
        String only = request.parameter("domain");
        SortedSet<String> names = names(table);
        if (only != null && !names.contains(only)) {
            throw new Refusal(Answer.message(StatusCodes.NOT_FOUND, "no domain is named " + only));
        }
        return Answer.json(StatusCodes.OK, JsonText.of(out -> {
            out.beginObject();
            for (String name : only == null ? names : List.of(only)) {
                write(out.name(name), table, name);
            }
            out.endObject();
        }));
    }

    /** Domains in force, and those of which there is only a document with faults. */
    private static SortedSet<String> names(RoutingTable table) {
        SortedSet<String> names = new TreeSet<>(table.domains().keySet());
        held(table, null).forEach(problem -> names.add(problem.fault().name()));
        return names;
    }

    /** Why documents from the store are not in force. */
    private static Stream<RoutingProblem> held(RoutingTable table, @Nullable String domain) {
        return table.problems().stream()
                .filter(problem -> problem.fault().kind() == Kind.DOMAIN && problem.revision() > 0)
                .filter(problem -> domain == null || problem.fault().name().equals(domain));
    }

    private void write(JsonWriter out, RoutingTable table, String name) throws IOException {
        out.beginObject().name("errors").beginArray();
        for (RoutingProblem problem : held(table, name).toList()) {
            out.beginObject();
            ErrorEntry.of(problem.fault()).writeMembers(out);
            out.endObject();
        }
        out.endArray().name("findings");
        Domain domain = table.domains().get(name);
        FindingJson.write(out, domain == null ? List.of() : lint.findings(domain.graph(), table));
        out.endObject();
    }
}

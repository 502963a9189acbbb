package io.erulb.admin;

import io.erulb.routing.Domain;
import io.erulb.routing.RoutingTable;
import io.erulb.rules.Explanation.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What became of the way of a request since it was logged.
 *
 * @param same whether it would take the same way through the rules of the same domain
 * @param changed whether another configuration is in force
 * @param steps of the logged way with what each rule on it sees now; empty where it is the same, or the rules have no such way
 * @param notes what there is to say where it is not the same
 */
record Since(boolean same, boolean changed, List<Step> steps, List<String> notes) {
    private static final String OTHER_REASONS =
            "fields of the request that were not logged may make the difference, as may"
                    + " limits, random splits and the time";

    static Since of(Explained explained, LoggedRequest logged) {
        RoutingTable table = explained.table();
        Domain domain = explained.domain();
        String name = domain == null ? null : domain.name();
        boolean same = Objects.equals(name, logged.domain()) && explained.path().equals(logged.path());
        boolean known = logged.domain() != null;
        boolean changed = known && (logged.version() != table.version() || logged.revision() != table.sourceRevision());
        List<String> notes = new ArrayList<>();
        List<Step> steps = List.of();
        if (!same) {
            steps = steps(explained, logged, notes);
            if (changed) {
                notes.add("another configuration is in force: version " + logged.version() + " of revision "
                        + logged.revision() + " then, version " + table.version() + " of revision "
                        + table.sourceRevision() + " now");
            }
            notes.add(OTHER_REASONS);
            if (logged.cut()) {
                notes.add("the line has not the whole of what was sent");
            }
        }
        return new Since(same, changed, steps, List.copyOf(notes));
    }

    private static List<Step> steps(Explained explained, LoggedRequest logged, List<String> notes) {
        Domain domain = explained.domain();
        if (logged.domain() == null) {
            notes.add("no domain took it then");
            return List.of();
        }
        if (domain == null || !domain.name().equals(logged.domain())) {
            notes.add("domain " + logged.domain() + " took it then");
            return List.of();
        }
        try {
            return domain.graph().replay(logged.path(), explained.request());
        } catch (IllegalArgumentException noSuchWay) {
            notes.add("the rules have no such way any more: " + noSuchWay.getMessage());
            return List.of();
        }
    }
}

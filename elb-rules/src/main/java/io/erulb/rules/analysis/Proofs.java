package io.erulb.rules.analysis;

import io.erulb.rules.GraphRule;
import io.erulb.rules.analysis.Finding.Kind;
import io.erulb.rules.spi.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an exploration has shown of edges and captures, put in words. */
final class Proofs {
    private static final int MOST_REASONS = 4;

    private final GraphShape shape;
    private final Exploration exploration;
    private final Witnesses witnesses;

    Proofs(GraphShape shape, Exploration exploration, Witnesses witnesses) {
        this.shape = shape;
        this.exploration = exploration;
        this.witnesses = witnesses;
    }

    /** What there is to say of the edges of a filter that requests may come to. */
    List<Finding> ofEdges(GraphRule rule) {
        List<Finding> found = new ArrayList<>();
        for (boolean succ : new boolean[] {true, false}) {
            int edge = shape.edge(rule, succ);
            String name = succ ? "succ" : "fail";
            boolean absent = GraphShape.target(rule, succ) == null;
            Witness witness = absent ? exploration.taking(edge) : null;
            if (witness != null) {
                String message = "the rule has no " + name + " edge, so that requests such as this one get 403";
                found.add(new Finding(Kind.ENDS_IN_403, rule.name(), name, message, witness));
            } else if (!absent && exploration.isNever(edge)) {
                found.add(never(rule, succ, name));
            } else if (exploration.isUndecided(edge)) {
                String message =
                        "whether a request can take this edge was not found out within the limits of an analysis";
                found.add(new Finding(Kind.UNDECIDED, rule.name(), name, message, null));
            }
        }
        return found;
    }

    private Finding never(GraphRule rule, boolean succ, String name) {
        Condition condition = Way.conditionOf(rule);
        Assumption last = new Assumption(rule.name(), condition, succ);
        List<Way> ways = exploration.refused(shape.edge(rule, succ));
        Set<String> reasons = new LinkedHashSet<>();
        boolean shadowed = succ;
        for (Way way : ways.subList(0, Math.min(MOST_REASONS, ways.size()))) {
            Subject subject = Subject.of(condition, way.rewrites());
            if (subject == null) {
                reasons.add("the share is " + (succ ? "none" : "all") + " of the requests");
                shadowed = false;
            } else {
                List<Assumption> core = core(subject, way.assumptionsAbout(subject), last);
                shadowed &= !core.isEmpty() && core.stream().noneMatch(Assumption::matched);
                reasons.add(why(subject, core, last));
            }
        }
        String more = ways.size() > MOST_REASONS ? "; and so on for other ways here" : "";
        String message = "no request takes this edge: " + String.join("; on another way here: ", reasons) + more;
        return shadowed
                ? new Finding(Kind.SHADOWED, rule.name(), name, message, matching(last))
                : new Finding(Kind.NEVER_TAKEN, rule.name(), name, message, null);
    }

    /** The fewest assumptions that rule out another one: none or one, else all. */
    private List<Assumption> core(Subject subject, List<Assumption> all, Assumption last) {
        Outcome alone = exploration.solver().solve(subject, List.of(last));
        if (alone instanceof Outcome.Never) {
            return List.of();
        }
        for (Assumption one : all) {
            boolean both = alone instanceof Outcome.Texts texts
                    && texts.values().size() == 1
                    && subject.kind() != Subject.Kind.METHOD
                    && one.fits(texts.values().get(0));
            if (!both && isNever(subject, List.of(one, last))) {
                return List.of(one);
            }
        }
        return all;
    }

    private boolean isNever(Subject subject, List<Assumption> assumptions) {
        return exploration.solver().solve(subject, assumptions) instanceof Outcome.Never;
    }

    private static String why(Subject subject, List<Assumption> core, Assumption last) {
        String condition = last.rule();
        if (core.isEmpty()) {
            return "there is no " + subject + " that " + (last.matched() ? "matches" : "does not match") + " it";
        }
        if (core.size() > 1) {
            return "by what rules " + names(core) + " let through, each " + subject + " that comes here "
                    + (last.matched() ? "does not match" : "matches");
        }
        Assumption one = core.get(0);
        if (last.matched()) {
            return one.matched()
                    ? "requests that come here match rule " + one.rule() + ", and no " + subject + " matches both"
                    : "each " + subject + " that matches it matches rule " + one.rule() + " as well, which comes first";
        }
        return one.matched()
                ? "requests that come here match rule " + one.rule() + ", and each such " + subject + " matches "
                        + condition + " as well"
                : "requests that come here do not match rule " + one.rule() + ", and each " + subject
                        + " matches one of the two";
    }

    private static String names(List<Assumption> core) {
        return String.join(", ", core.stream().map(Assumption::rule).toList());
    }

    /** A request that matches the rule by itself, wherever it goes. */
    private @Nullable Witness matching(Assumption last) {
        GraphRule rule = shape.rule(last.rule());
        Way alone = Way.start().take(rule, true, exploration.solver());
        Witnesses.Probe probe = alone == null ? null : witnesses.find(alone, path -> true);
        return probe == null ? null : witnesses.explain(probe);
    }

    /** What there is to say of terminals that want groups which nothing captures. */
    List<Finding> ofCaptures() {
        List<Finding> found = new ArrayList<>();
        Set<String> said = new HashSet<>();
        for (Map.Entry<Exploration.Ending, Witnesses.Probe> ending :
                exploration.endings().entrySet()) {
            GraphRule terminal = ending.getKey().terminal();
            GraphRule captured = ending.getKey().captured();
            Set<String> groups = captured == null ? Set.of() : groups(captured.condition());
            Set<String> missing = missing(terminal, captured);
            if (groups != null) {
                missing.removeAll(groups);
                if (!missing.isEmpty() && said.add(terminal.name() + " " + missing)) {
                    String where = captured == null
                            ? "no rule before it captures anything"
                            : "rule " + captured.name() + ", the last that captures, has no such group";
                    String message = "has a place for " + String.join(", ", missing)
                            + ", but for requests such as this one " + where;
                    found.add(new Finding(
                            Kind.MISSING_CAPTURE,
                            terminal.name(),
                            null,
                            message,
                            witnesses.explain(ending.getValue())));
                }
            }
        }
        return found;
    }

    /** The groups a terminal has places for, as they are looked up: 01 is 1, and 0 is there with any capture. */
    private static Set<String> missing(GraphRule terminal, @Nullable GraphRule captured) {
        Set<String> wanted = new TreeSet<>();
        for (String name : terminal.captureNames()) {
            wanted.add(name.matches("[0-9]{1,3}") ? Integer.toString(Integer.parseInt(name)) : name);
        }
        if (captured != null) {
            wanted.remove("0");
        }
        return wanted;
    }

    /** The groups that a filter may capture; null when they are not known. */
    private static @Nullable Set<String> groups(@Nullable Condition condition) {
        if (condition instanceof Condition.Rewriting rewriting) {
            return groups(rewriting.condition());
        }
        return condition instanceof Condition.Text text && text.texts() instanceof Condition.Texts.Found found
                ? found.pattern().groups()
                : null;
    }
}

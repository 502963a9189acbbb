package io.erulb.rules.analysis;

import io.erulb.rules.GraphRule;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.analysis.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a graph without any request. It is exact for prefixes, texts, methods, address blocks, hours and
 * shares, and for patterns of RE2's syntax but word boundaries, Unicode classes and several lines; of filters that tell
 * nothing of themselves ({@link io.erulb.rules.spi.Condition.Unknown}) it takes it that either edge may be taken. What is
 * said is so: nothing is guessed, and what is not found out within the limits of work is {@link Kind#UNDECIDED}.
 *
 * <p>Requests are those that HTTP can have: a path in normal form, header values without controls and outer blanks.
 *
 * <p>{@code new RuleAnalysis(graph).findings()}. Immutable and safe for use by many threads once made; making one takes some
 * milliseconds for an ordinary graph and is bounded for any.
 */
public final class RuleAnalysis {
    private final GraphShape shape;
    private final List<Finding> findings;

    /** A request that comes to a rule, for rules that name an upstream. */
    private final Map<String, Witness> reaching = new HashMap<>();

    /** How an upstream stands that a rule names. */
    public enum UpstreamState {
        /** It has servers. */
        READY,
        /** It has none. */
        EMPTY,
        /** There is no such upstream, and no such host. */
        MISSING
    }

    /** Analyses a graph. The graph is not kept. */
    public RuleAnalysis(RuleGraph graph) {
        this(Explored.of(graph));
    }

    RuleAnalysis(Explored explored) {
        shape = explored.shape();
        findings = List.copyOf(find(explored));
        for (GraphRule rule : shape.rules().values()) {
            Witness witness = rule.upstreams().isEmpty() ? null : reaching(rule, explored);
            if (witness != null) {
                reaching.put(rule.name(), witness);
            }
        }
    }

    /**
     * All that is known of a graph.
     *
     * @param exploration null when the graph is too big for that
     */
    record Explored(
            GraphShape shape, Witnesses witnesses, @Nullable Exploration exploration) {
        static Explored of(RuleGraph graph) {
            GraphShape shape = new GraphShape(graph);
            Work work = new Work();
            Witnesses witnesses = new Witnesses(graph, shape.rules(), work);
            return new Explored(shape, witnesses, shape.isBig() ? null : explored(shape, witnesses, work));
        }

        private static @Nullable Exploration explored(GraphShape shape, Witnesses witnesses, Work work) {
            try {
                return new Exploration(shape, witnesses, work).explore();
            } catch (StackOverflowError e) {
                // A pattern nested so deeply that a text can't be compared with it here.
                return null;
            }
        }

        boolean isNever(GraphRule rule, boolean succ) {
            return exploration != null && exploration.isNever(shape.edge(rule, succ));
        }
    }

    /** What was found, in the order of the rules in the document. */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * What there is to say of the upstreams that rules name.
     *
     * @param states how each stands
     */
    public List<Finding> upstreamFindings(Function<String, UpstreamState> states) {
        List<Finding> found = new ArrayList<>();
        for (GraphRule rule : shape.rules().values()) {
            for (String upstream : rule.upstreams()) {
                UpstreamState state = states.apply(upstream);
                if (state != UpstreamState.READY) {
                    found.add(upstream(rule, upstream, state));
                }
            }
        }
        return found;
    }

    private Finding upstream(GraphRule rule, String upstream, UpstreamState state) {
        boolean missing = state == UpstreamState.MISSING;
        String what = missing
                ? "no upstream is named " + upstream + " and no host is either"
                : "upstream " + upstream + " has no servers";
        Witness witness = reaching.get(rule.name());
        String message = what + (witness == null ? "" : "; requests such as this one get 503");
        return new Finding(missing ? Kind.MISSING_UPSTREAM : Kind.EMPTY_UPSTREAM, rule.name(), null, message, witness);
    }

    /** A request that comes to a rule; null when none is known. */
    private @Nullable Witness reaching(GraphRule rule, Explored explored) {
        if (rule.name().equals(shape.init())) {
            Witnesses.Probe probe = explored.witnesses().find(Way.start(), path -> true);
            return probe == null ? null : explored.witnesses().explain(probe);
        }
        Exploration exploration = explored.exploration();
        return exploration == null
                ? null
                : shape.into(rule.name()).stream()
                        .map(edge -> exploration.taking(shape.edge(edge.from(), edge.succ())))
                        .flatMap(Stream::ofNullable)
                        .findFirst()
                        .orElse(null);
    }

    private List<Finding> find(Explored explored) {
        List<Finding> found = new ArrayList<>();
        Set<String> reached = reached(explored);
        Exploration exploration = explored.exploration();
        Proofs proofs = exploration == null ? null : new Proofs(shape, exploration, explored.witnesses());
        for (GraphRule rule : shape.rules().values()) {
            if (!reached.contains(rule.name())) {
                found.add(unreachable(rule, reached));
            } else if (proofs != null && !rule.terminal()) {
                found.addAll(proofs.ofEdges(rule));
            }
            found.addAll(Patterns.of(rule));
            found.addAll(SplitChains.of(rule, shape));
        }
        if (proofs == null) {
            String message =
                    "the ways of requests were not walked, as there are too many rules or patterns nested too deeply";
            found.add(new Finding(Kind.UNDECIDED, shape.init(), null, message, null));
        } else {
            found.addAll(proofs.ofCaptures());
        }
        return found;
    }

    /** The rules that requests may come to. */
    private Set<String> reached(Explored explored) {
        Set<String> reached = new HashSet<>(Set.of(shape.init()));
        List<String> open = new ArrayList<>(reached);
        while (!open.isEmpty()) {
            GraphRule rule = shape.rule(open.remove(open.size() - 1));
            for (boolean succ : new boolean[] {true, false}) {
                String target = GraphShape.target(rule, succ);
                if (target != null && !explored.isNever(rule, succ) && reached.add(target)) {
                    open.add(target);
                }
            }
        }
        return reached;
    }

    private Finding unreachable(GraphRule rule, Set<String> reached) {
        List<String> why = new ArrayList<>();
        for (GraphShape.Edge edge : shape.into(rule.name())) {
            String from = edge.from().name();
            why.add(
                    reached.contains(from)
                            ? (edge.succ() ? "succ" : "fail") + " of rule " + from + " can never be taken"
                            : "rule " + from + " is not come to either");
        }
        String message = "no request comes here: " + (why.isEmpty() ? "no edge leads here" : String.join(", ", why));
        return new Finding(Kind.UNREACHABLE, rule.name(), null, message, null);
    }
}

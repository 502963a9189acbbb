package io.erulb.rules;

import static java.util.Objects.requireNonNull;

import io.erulb.rules.Explanation.Step;
import io.erulb.rules.spi.Limit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A domain's rules, checked and linked: a graph without cycles that ends for every request.
 *
 * <p>Immutable but for its counters and what its limits have counted, safe for use by many threads.
 */
public final class RuleGraph {
    private final String domain;
    private final RuleSet document;
    private final Node start;
    private final List<Node> nodes;
    private final Set<String> upstreams;
    private final Map<String, Limit> limits;
    private final Walker walker;

    RuleGraph(String domain, RuleSet document, Node start, List<Node> nodes) {
        this.domain = domain;
        this.document = document;
        this.start = start;
        this.walker = new Walker(start);
        this.nodes = List.copyOf(nodes);
        this.upstreams = upstreamsOf(nodes);
        this.limits = limitsOf(nodes);
    }

    private static Set<String> upstreamsOf(List<Node> nodes) {
        Set<String> named = new TreeSet<>();
        for (Node node : nodes) {
            if (node instanceof TerminalNode terminal) {
                named.addAll(terminal.upstreams());
            }
        }
        return Set.copyOf(named);
    }

    private static Map<String, Limit> limitsOf(List<Node> nodes) {
        Map<String, Limit> limits = new HashMap<>();
        for (Node node : nodes) {
            Limit limit = node instanceof FilterNode filter ? filter.limit() : null;
            if (limit != null) {
                limits.put(guardOf(node).rule(), limit);
            }
        }
        return Map.copyOf(limits);
    }

    /**
     * Checks and links a document.
     *
     * @param domain whose document, for messages
     * @throws RuleSetException with every fault of the document, in unreachable rules too; without any, with each of the
     *     document's tests that fails
     */
    public static RuleGraph compile(String domain, RuleSet document, FilterTypes types) {
        return compile(domain, document, types, null);
    }

    /**
     * Checks and links a document that takes another's place: a limit whose rule has the same name, type and arguments,
     * edges aside, is the same object in both graphs and goes on counting. So do the counters of edges whose rule has the
     * same edges too.
     *
     * @param before the graph of the domain's document so far; null when it had none
     * @throws RuleSetException as {@link #compile(String, RuleSet, FilterTypes)} does
     */
    public static RuleGraph compile(String domain, RuleSet document, FilterTypes types, @Nullable RuleGraph before) {
        requireNonNull(domain, "domain");
        requireNonNull(document, "document");
        return new GraphCompiler(domain, document, requireNonNull(types, "types"), before).compile();
    }

    /**
     * Decides about a request, which limits count from here on. Throws nothing whatever the filters do; allocates nothing
     * unless a filter rewrites or a limit lets the request through.
     */
    public Decision decide(RequestView request) {
        return walker.walk(request, null, null, null);
    }

    /** The same, and writes down which way the request took. What the walk knew before is forgotten. */
    public Decision decide(RequestView request, Walk walk) {
        walk.clear();
        return walker.walk(request, null, walk, null);
    }

    /** The same by verdicts from elsewhere. */
    public Decision decide(RequestView request, Walk walk, Judge judge) {
        walk.clear();
        return walker.walk(request, null, walk, requireNonNull(judge, "judge"));
    }

    /**
     * A walk in short, as {@link Explanation#path} has it.
     *
     * @param walk made by this graph, or by one with the same rules
     */
    public String path(Walk walk) {
        return walker.path(walk);
    }

    /**
     * Counts a request at every edge and rule that it came by. To be called once for each, when it is over.
     *
     * @param walk made by this graph for the request
     * @param status what the request was answered; from 500 on it counts as an error as well
     */
    public void count(Walk walk, int status) {
        walker.count(walk, status >= 500);
    }

    /** What {@link #count} has counted up to now. */
    public Traffic traffic() {
        return new Traffic(this);
    }

    /** How many requests were counted, without the effort of {@link #traffic}. */
    public long requests() {
        return tallyOf(start).requests();
    }

    /**
     * How many of the {@link #requests} came since an earlier moment.
     *
     * @param earlier of this graph, or of one whose place it took
     */
    public long requestsSince(Traffic earlier) {
        Integer first = earlier.places().get(tallyOf(start));
        return requests() - (first == null ? 0 : earlier.arrivals(first));
    }

    /** How many of the {@link #requests} were errors. */
    public long errors() {
        return tallyOf(start).errors();
    }

    /**
     * Says which version of its surroundings this graph comes with: what it begins to count tells it as {@link
     * GraphFigures.Edge#since}, what goes on from the graph before keeps its own. To be called before other threads see it.
     *
     * @param version at least 1
     */
    public void startCounting(long version) {
        nodes.forEach(node -> tallyOf(node).startAt(version));
    }

    /** Says what {@link #decide} would decide now, and why. The walk is the same, but that limits take nothing. */
    public Explanation explain(RequestView request) {
        return explained(request, null);
    }

    /** The same by verdicts from elsewhere. What its steps say was seen is what filters see now. */
    public Explanation explain(RequestView request, Judge judge) {
        return explained(request, requireNonNull(judge, "judge"));
    }

    private Explanation explained(RequestView request, @Nullable Judge judge) {
        Trace trace = new Trace();
        Decision decision = walker.walk(request, trace, null, judge);
        return new Explanation(domain, trace.steps(), decision);
    }

    /** The rules that stand in another graph as well: with the same name, type and arguments, edges aside. */
    public Set<String> alike(RuleGraph other) {
        return SameRules.of(document, other.document);
    }

    /**
     * The steps behind a path that was written down, with no request: which rule, what it compares with, which edge, which
     * rule next. What a request had to do with it is empty, and a rule that gave up counts as one that missed.
     *
     * @param path as {@link #path} and {@link Explanation#path} have it
     * @throws IllegalArgumentException when these rules have no such way, with the place where it leaves them
     */
    public List<Step> replay(String path) {
        return Replay.of(start, requireNonNull(path, "path"), null);
    }

    /**
     * The same with what each rule on that way sees in a request now, whichever way it would take by itself: where it is the
     * same way, these are the steps that {@link #explain} has.
     *
     * @throws IllegalArgumentException as {@link #replay(String)} does
     */
    public List<Step> replay(String path, RequestView request) {
        return Replay.of(start, requireNonNull(path, "path"), requireNonNull(request, "request"));
    }

    /** The rules and their edges, drawn or for a program that draws them. */
    public String draw(GraphFormat format) {
        return new GraphDrawing(this, null).in(requireNonNull(format, "format"));
    }

    /**
     * The same with figures on the edges.
     *
     * @param figures of this graph
     */
    public String draw(GraphFormat format, GraphFigures figures) {
        return new GraphDrawing(this, requireNonNull(figures, "figures")).in(requireNonNull(format, "format"));
    }

    /** The rules in the order of the document. */
    public List<GraphRule> rules() {
        return nodes.stream().map(GraphRule::of).toList();
    }

    /** The rule that every request starts at. */
    public String init() {
        return guardOf(start).rule();
    }

    /** The domain as its rules are keyed. */
    public String domain() {
        return domain;
    }

    /** The document this was compiled from. */
    public RuleSet document() {
        return document;
    }

    /** What the terminals of all rules name: upstreams or {@code host[:port]} servers. */
    public Set<String> upstreams() {
        return upstreams;
    }

    /** How often a filter ran out of its step budget since the graph was compiled. */
    public long gaveUp() {
        return walker.gaveUp();
    }

    /** How often a filter or terminal threw since the graph was compiled. */
    public long failures() {
        return nodes.stream()
                .map(RuleGraph::guardOf)
                .mapToLong(NodeGuard::failures)
                .sum();
    }

    /** Where walks start. */
    Node start() {
        return start;
    }

    /** All rules, those that no walk comes to included. */
    List<Node> nodes() {
        return nodes;
    }

    /** Those rules by name that count what they let through. */
    Map<String, Limit> limits() {
        return limits;
    }

    /** What is counted of each rule, by its name. */
    Map<String, RuleTally> tallies() {
        Map<String, RuleTally> tallies = new HashMap<>();
        nodes.forEach(node -> tallies.put(guardOf(node).rule(), tallyOf(node)));
        return tallies;
    }

    static NodeGuard guardOf(Node node) {
        return node instanceof FilterNode filter ? filter.guard() : ((TerminalNode) node).guard();
    }

    static RuleTally tallyOf(Node node) {
        return node instanceof FilterNode filter ? filter.tally() : ((TerminalNode) node).tally();
    }
}

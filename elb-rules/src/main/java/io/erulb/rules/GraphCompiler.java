package io.erulb.rules;

import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.TerminalProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a graph of a document, or a list of all that is wrong with it. For one use. */
final class GraphCompiler {
    private static final Set<String> RULE_FIELDS = Set.of("type", "args");
    private static final JsonValue.Obj NO_ARGS = new JsonValue.Obj(Map.of());

    private final RuleSet document;
    private final FilterTypes types;
    private final RulesBefore rulesBefore;
    private final FaultList faults;
    private final Map<String, RuleDraft> drafts = new LinkedHashMap<>();
    private @Nullable String init;

    GraphCompiler(String domain, RuleSet document, FilterTypes types, @Nullable RuleGraph before) {
        this.document = document;
        this.types = types;
        this.rulesBefore = new RulesBefore(before, document);
        this.faults = new FaultList(domain);
    }

    RuleGraph compile() {
        List<RuleTest> tests = check();
        RuleGraph graph = link();
        if (!tests.isEmpty()) {
            new TestRun(graph).judge(tests, faults);
            faults.throwIfAny();
        }
        return graph;
    }

    /** Runs the document's tests; other faults are thrown. */
    List<TestResult> test() {
        List<RuleTest> tests = check();
        return new TestRun(link()).results(tests);
    }

    /** Looks for all that can be wrong before a request is tried; gives the tests to try. */
    private List<RuleTest> check() {
        init = init();
        JsonValue.Obj rules = rules();
        rules.members().forEach((name, rule) -> drafts.put(name, draft(name, rule)));
        if (init != null) {
            checkReference(null, "init", init);
        }
        checkEdges();
        checkCycles();
        List<RuleTest> tests = new TestReader(faults).read(document.root());
        faults.throwIfAny();
        return tests;
    }

    private @Nullable String init() {
        JsonValue init = document.root().get("init");
        if (init instanceof JsonValue.Text text) {
            return text.text();
        }
        faults.add(null, "init", init, (init == null ? "missing, " : "") + "expected: the name of the first rule");
        return null;
    }

    private JsonValue.Obj rules() {
        JsonValue rules = document.root().get("rules");
        if (rules instanceof JsonValue.Obj object) {
            return object;
        }
        faults.add(null, "rules", rules, (rules == null ? "missing, " : "") + "expected: an object of rules by name");
        return NO_ARGS;
    }

    private RuleDraft draft(String name, JsonValue value) {
        if (!(value instanceof JsonValue.Obj rule)) {
            faults.add(name, null, value, "expected: an object with type and args");
            return new RuleDraft(null, null, null);
        }
        for (Map.Entry<String, JsonValue> member : rule.members().entrySet()) {
            if (!RULE_FIELDS.contains(member.getKey())) {
                faults.add(name, member.getKey(), member.getValue(), "unknown; expected: type, args");
            }
        }
        return draft(name, type(name, rule), args(name, rule));
    }

    private @Nullable String type(String name, JsonValue.Obj rule) {
        JsonValue type = rule.get("type");
        if (type instanceof JsonValue.Text text && types.has(text.text())) {
            return text.text();
        }
        String known = "expected one of: " + String.join(", ", types.names());
        faults.add(name, "type", type, (type == null ? "missing, " : "unknown type, ") + known);
        return null;
    }

    private RuleArgs args(String name, JsonValue.Obj rule) {
        JsonValue args = rule.get("args");
        if (args instanceof JsonValue.Obj object) {
            return new RuleArgs(faults, name, object);
        }
        if (args != null) {
            faults.add(name, "args", args, "expected: an object");
        }
        return new RuleArgs(faults, name, NO_ARGS);
    }

    private RuleDraft draft(String name, @Nullable String type, RuleArgs args) {
        if (type == null) {
            return new RuleDraft(null, args.edge("succ"), args.edge("fail"));
        }
        NodeGuard guard = new NodeGuard(faults.domain(), name, type);
        FilterProvider filter = types.filter(type);
        String succ = filter == null ? null : args.edge("succ");
        String fail = filter == null ? null : args.edge("fail");
        RuleDraft draft = new RuleDraft(node(guard, filter, args), succ, fail);
        args.refuseUnknown();
        return draft;
    }

    private @Nullable Node node(NodeGuard guard, @Nullable FilterProvider filter, RuleArgs args) {
        RuleTally tally = rulesBefore.tally(guard.rule());
        try {
            if (filter != null) {
                return new FilterNode(guard, rulesBefore.limitOr(filter.create(args), guard.rule()), tally);
            }
            TerminalProvider terminal = types.terminal(guard.type());
            return terminal == null ? null : new TerminalNode(guard, terminal.create(args), tally);
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            faults.add(guard.rule(), "args", null, "type " + guard.type() + " failed to read its arguments: " + e);
            return null;
        }
    }

    private void checkEdges() {
        drafts.forEach((name, draft) -> {
            if (draft.succ() != null) {
                checkReference(name, "succ", draft.succ());
            }
            if (draft.fail() != null) {
                checkReference(name, "fail", draft.fail());
            }
        });
    }

    private void checkReference(@Nullable String rule, String field, String target) {
        if (!drafts.containsKey(target)) {
            faults.add(rule, field, new JsonValue.Text(target), "no such rule");
        }
    }

    private void checkCycles() {
        Map<String, List<String>> edges = new LinkedHashMap<>();
        drafts.forEach((name, draft) -> edges.put(name, draft.edges()));
        for (List<String> cycle : Cycles.in(edges)) {
            String path = String.join(" -> ", cycle) + " -> " + cycle.get(0);
            faults.add(cycle.get(0), null, null, "cycle: " + path);
        }
    }

    private RuleGraph link() {
        List<Node> nodes = new ArrayList<>();
        for (RuleDraft draft : drafts.values()) {
            Node node = draft.node();
            if (node instanceof FilterNode filter) {
                link(filter, draft);
            }
            if (node != null) {
                nodes.add(node);
            }
        }
        return new RuleGraph(faults.domain(), document, nodeOf(init), nodes);
    }

    private void link(FilterNode filter, RuleDraft draft) {
        if (draft.succ() != null) {
            filter.linkSucc(nodeOf(draft.succ()));
        }
        if (draft.fail() != null) {
            filter.linkFail(nodeOf(draft.fail()));
        }
    }

    private Node nodeOf(@Nullable String rule) {
        RuleDraft draft = drafts.get(rule);
        Node node = draft == null ? null : draft.node();
        if (node == null) {
            throw new IllegalStateException("rule " + rule + " passed the checks without a node");
        }
        return node;
    }
}

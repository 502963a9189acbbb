package io.erulb.rules;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;

/** Short ways to documents and graphs for tests; JSON may be written with single quotes. */
public final class Graphs {
    private Graphs() {}

    /** A document from JSON with single quotes. */
    public static RuleSet document(String json) {
        return RuleSet.parse(json.replace('\'', '"'));
    }

    /** A graph of the installed types. */
    public static RuleGraph graph(String json) {
        return RuleGraph.compile("t.local", document(json), FilterTypes.installed());
    }

    /** A graph of one filter: a match goes to upstream "yes", a miss to upstream "no". */
    public static RuleGraph filter(String type, String args) {
        return filter(type, args, FilterTypes.installed());
    }

    /** The same with other types. */
    public static RuleGraph filter(String type, String args, FilterTypes types) {
        String joined = args.isEmpty() ? "" : args + ", ";
        String json = "{'init': 'r1', 'rules': {"
                + "'r1': {'type': '" + type + "', 'args': {" + joined + "'succ': 'y', 'fail': 'n'}},"
                + "'y': {'type': 'backend', 'args': {'servername': 'yes'}},"
                + "'n': {'type': 'backend', 'args': {'servername': 'no'}}}}";
        return RuleGraph.compile("t.local", document(json), types);
    }

    /** A graph of one terminal. */
    public static RuleGraph terminal(String type, String args) {
        return graph("{'init': 'r1', 'rules': {'r1': {'type': '" + type + "', 'args': {" + args + "}}}}");
    }

    /** Whether the request goes to upstream "yes" of {@link #filter}. */
    public static boolean matches(RuleGraph graph, RequestView request) {
        return graph.decide(request) instanceof Decision.Forward forward
                && forward.upstream().equals("yes");
    }

    /** The faults a document is refused with. */
    public static List<Fault> faults(String json) {
        return refusal(() -> graph(json)).faults();
    }

    /** The faults a filter's arguments are refused with, as sentences. */
    public static List<String> filterFaults(String type, String args) {
        return sentences(() -> filter(type, args));
    }

    /** The faults a terminal's arguments are refused with, as sentences. */
    public static List<String> terminalFaults(String type, String args) {
        return sentences(() -> terminal(type, args));
    }

    private static List<String> sentences(Runnable compiling) {
        return refusal(compiling).faults().stream().map(Fault::toString).toList();
    }

    private static RuleSetException refusal(Runnable compiling) {
        RuleSetException refusal = catchThrowableOfType(RuleSetException.class, compiling::run);
        if (refusal == null) {
            throw new AssertionError("accepted");
        }
        return refusal;
    }
}

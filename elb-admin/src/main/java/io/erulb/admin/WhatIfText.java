package io.erulb.admin;

import io.erulb.rules.Explanation;
import io.erulb.rules.whatif.Comparison;
import io.erulb.rules.whatif.Comparison.Edge;
import io.erulb.rules.whatif.Comparison.Example;
import io.erulb.rules.whatif.Comparison.Flow;
import io.erulb.rules.whatif.Comparison.Unknown;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a change would have moved, as a page for a terminal. */
final class WhatIfText {
    private final StringBuilder text = new StringBuilder();

    private WhatIfText() {}

    static String of(Map<String, Comparison> domains) {
        return domains.entrySet().stream()
                .map(each -> new WhatIfText().page(each.getKey(), each.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** What an explanation comes to, in the words its text ends with. */
    static String decision(Explanation explanation) {
        return explanation
                .toText()
                .lines()
                .filter(line -> line.startsWith("=> "))
                .map(line -> line.substring("=> ".length()))
                .findFirst()
                .orElse("");
    }

    private String page(String domain, Comparison all) {
        line(domain + ": " + all.moved() + " of " + all.requests() + " requests would move"
                + (all.requests() == 0 ? "" : " (" + percent(all.moved(), all.requests()) + ")"));
        if (all.from() != null && all.to() != null) {
            line("  that came from " + all.from() + " to " + all.to());
        }
        counted(all.rejects(), "would be refused, and were not");
        counted(all.unsure(), "can't be told, as what decides is not kept");
        counted(all.drawn(), "came by a share that was drawn anew");
        counted(all.assumed(), "came by a limit that was taken to let them pass");
        all.flows().forEach(this::flow);
        all.unknown().forEach(this::unknown);
        all.edges().forEach(this::edge);
        return text.toString();
    }

    private static String percent(int part, int all) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all);
    }

    private void counted(int count, String what) {
        if (count > 0) {
            line("  " + count + " " + what);
        }
    }

    private void flow(Flow flow) {
        String differs = flow.differs() == null ? "" : " with another " + flow.differs();
        line("  " + flow.count() + " from " + flow.from() + " to " + flow.to() + differs);
        for (Example example : flow.examples()) {
            line("      " + example.request());
            line("        " + example.before().path() + " => " + decision(example.before()));
            line("        " + example.after().path() + " => " + decision(example.after()));
        }
    }

    private void unknown(Unknown unknown) {
        line("  " + unknown.count() + " can't be told at rule " + unknown.rule());
        unknown.examples().forEach(example -> line("      " + example));
    }

    private void edge(Edge edge) {
        line("  edge " + edge.edge() + " of " + edge.from() + ": " + edge.before() + " before, " + edge.after()
                + " after");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}

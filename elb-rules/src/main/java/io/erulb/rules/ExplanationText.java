package io.erulb.rules;

import io.erulb.rules.Explanation.Outcome;
import io.erulb.rules.Explanation.Step;
import java.util.List;

/** An explanation in lines to be read in a terminal. For one explanation. */
final class ExplanationText {
    private final StringBuilder text = new StringBuilder();
    private final int width;

    private ExplanationText(List<Step> steps) {
        this.width = 1
                + steps.stream()
                        .mapToInt(step -> step.rule().length() + step.type().length())
                        .max()
                        .orElse(0);
    }

    static String of(Explanation explanation) {
        ExplanationText page = new ExplanationText(explanation.steps());
        explanation.steps().forEach(page::step);
        page.decision(explanation.decision());
        return page.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** In the column of the names. */
    private String name(String name) {
        return "  " + name + " ".repeat(width - name.length()) + "  ";
    }

    private void step(Step step) {
        String name = step.rule() + " " + step.type();
        if (step.outcome() == Outcome.DECIDED) {
            line("  " + name);
            return;
        }
        String seen = step.seen() == null ? "nothing" : "\"" + step.seen() + "\"";
        line(name(name) + seen + " " + relation(step) + " \"" + step.expected() + "\"" + edge(step));
        if (!step.captures().isEmpty()) {
            line(name("") + "captures " + step.captures());
        }
        if (step.rewritten() != null) {
            line(name("") + "path is " + step.rewritten() + " from here on");
        }
    }

    private static String relation(Step step) {
        return switch (step.outcome()) {
            case MATCHED -> "matches";
            case GAVE_UP -> "took too many steps to be compared with";
            case FAILED -> "made the filter fail, with";
            default -> "does not match";
        };
    }

    private static String edge(Step step) {
        if (step.edge() == null) {
            return "";
        }
        return ", " + step.edge() + " -> " + (step.next() == null ? "nowhere" : step.next());
    }

    private void decision(Decision decision) {
        line("=> " + words(decision));
        if (decision instanceof Decision.Forward forward) {
            headers(forward.headers());
        } else if (decision instanceof Decision.Respond respond) {
            headers(respond.headers());
        }
    }

    /** A decision in a line, its headers aside. */
    static String words(Decision decision) {
        if (decision instanceof Decision.Forward forward) {
            String path = forward.path() == null ? "as it came" : UriPath.encode(forward.path());
            return "upstream " + forward.upstream() + ", path " + path;
        }
        if (decision instanceof Decision.Redirect redirect) {
            return redirect.status() + " to " + redirect.location();
        }
        if (decision instanceof Decision.Respond respond) {
            return String.valueOf(respond.status());
        }
        Decision.Reject reject = (Decision.Reject) decision;
        return reject.status() + ": " + reject.reason();
    }

    private void headers(List<HeaderField> headers) {
        headers.forEach(header -> line("   " + header.name() + ": " + String.join(", ", header.values())));
    }
}

package io.erulb.rules.analysis;

import io.erulb.rules.spi.Condition;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of one header: filters such as {@code ua} and {@code split} look at the first, {@code header} looks at any. For
 * one question.
 */
final class HeaderLines {
    private final TextSolver solver;
    private final Subject subject;
    private final List<Assumption> ofFirst = new ArrayList<>();
    private final List<Assumption> someLine = new ArrayList<>();
    private final List<Assumption> noLine = new ArrayList<>();

    HeaderLines(TextSolver solver, Subject subject, List<Assumption> assumptions) {
        this.solver = solver;
        this.subject = subject;
        for (Assumption one : assumptions) {
            boolean any = one.bare() instanceof Condition.Text text && text.anyLine();
            List<Assumption> kind = !any ? ofFirst : one.matched() ? someLine : noLine;
            kind.add(one);
        }
    }

    Outcome solve() {
        Outcome single = line(ofFirst, someLine);
        if (single instanceof Outcome.Texts) {
            return single;
        }
        Outcome first = first();
        return first instanceof Outcome.Texts texts ? further(new ArrayList<>(texts.values())) : first;
    }

    /** A line for each assumption that none of those before fits. */
    private Outcome further(List<String> lines) {
        for (Assumption one : someLine) {
            if (lines.stream().noneMatch(one::fits)) {
                Outcome further = line(List.of(), List.of(one));
                if (!(further instanceof Outcome.Texts texts)) {
                    return further;
                }
                lines.addAll(texts.values());
            }
        }
        return new Outcome.Texts(lines);
    }

    /** A line for the front, that helps where it can. */
    private Outcome first() {
        for (Assumption one : someLine) {
            Outcome line = line(ofFirst, List.of(one));
            if (line instanceof Outcome.Texts) {
                return line;
            }
        }
        return line(ofFirst, List.of());
    }

    private Outcome line(List<Assumption> some, List<Assumption> others) {
        List<Assumption> all = new ArrayList<>(noLine);
        all.addAll(some);
        all.addAll(others);
        return solver.one(subject, all);
    }
}

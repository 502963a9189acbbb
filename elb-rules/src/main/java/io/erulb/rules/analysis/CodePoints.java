package io.erulb.rules.analysis;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/** A set of code points that a pattern's class is, while it is read. */
final class CodePoints {
    private static final int KELVIN = 0x212A;
    private static final int LONG_S = 0x17F;

    private record Range(int from, int to) {}

    private final List<Range> ranges = new ArrayList<>();

    CodePoints add(int from, int to) {
        ranges.add(new Range(from, to));
        return this;
    }

    CodePoints add(int one) {
        return add(one, one);
    }

    CodePoints addAll(CodePoints others) {
        ranges.addAll(others.ranges);
        return this;
    }

    /**
     * With the other case of each letter, as RE2 folds: the Kelvin sign is a K, the long s an s.
     *
     * @throws UnreadablePatternException when there are letters beyond ASCII, whose cases are not known here
     */
    CodePoints folded() {
        CodePoints folded = new CodePoints().addAll(this);
        for (Range range : ranges) {
            if (range.to > 0x7f && !(range.from == 0 && range.to == Character.MAX_CODE_POINT)) {
                throw new UnreadablePatternException();
            }
            addOtherCase(range, folded, 'a', 'A');
            addOtherCase(range, folded, 'A', 'a');
        }
        return folded;
    }

    private static void addOtherCase(Range range, CodePoints folded, char first, char other) {
        int from = Math.max(range.from, first);
        int to = Math.min(range.to, first + 25);
        if (from > to) {
            return;
        }
        folded.add(from - first + other, to - first + other);
        if (from <= first + 'k' - 'a' && first + 'k' - 'a' <= to) {
            folded.add(KELVIN);
        }
        if (from <= first + 's' - 'a' && first + 's' - 'a' <= to) {
            folded.add(LONG_S);
        }
    }

    CodePoints complement() {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.sort((a, b) -> Integer.compare(a.from, b.from));
        CodePoints others = new CodePoints();
        int next = 0;
        for (Range range : sorted) {
            if (range.from > next) {
                others.add(next, range.from - 1);
            }
            next = Math.max(next, range.to + 1);
        }
        return next > Character.MAX_CODE_POINT ? others : others.add(next, Character.MAX_CODE_POINT);
    }

    /** The texts of one of these characters. */
    Automaton one() {
        List<Automaton> all = new ArrayList<>();
        ranges.forEach(range -> all.add(Automata.makeCharRange(range.from, range.to)));
        return all.isEmpty() ? Automata.makeEmpty() : Operations.union(all);
    }
}

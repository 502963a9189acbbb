package io.erulb.rules.analysis;

import java.util.List;
import java.util.function.Predicate;
import org.apache.lucene.util.IntsRef;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.FiniteStringsIterator;
import org.apache.lucene.util.automaton.LimitedFiniteStringsIterator;
import org.apache.lucene.util.automaton.Operations;
import org.jspecify.annotations.Nullable;

/** Tries texts one by one, for what no automaton knows: where the hash of a text lies. */
final class Enumeration {
    private static final int MOST_TEXTS = 2_000;
    /** Lucene refuses to say of more than 1,000 whether they are finite. */
    private static final int MOST_STATES = 900;

    private static final int LONGEST = 24;

    private Enumeration() {}

    /** A text in each of some languages that fits; never where there are few and none does. */
    static Outcome search(List<Automaton> languages, Predicate<String> fits) {
        Automaton all = Automata.makeAnyString();
        for (Automaton language : languages) {
            all = Operations.removeDeadStates(Operations.intersection(all, language));
            if (all.getNumStates() > MOST_STATES) {
                return new Outcome.Perhaps();
            }
        }
        boolean few = Operations.isFinite(all);
        FiniteStringsIterator texts = new LimitedFiniteStringsIterator(few ? all : shortOnes(all), MOST_TEXTS + 1);
        for (int i = 0; i <= MOST_TEXTS; i++) {
            String text = text(texts.next());
            if (text == null) {
                return few ? new Outcome.Never() : new Outcome.Perhaps();
            }
            if (fits.test(text)) {
                return new Outcome.Texts(List.of(text));
            }
        }
        return new Outcome.Perhaps();
    }

    /** Those of letters and digits, near enough to be looked through. */
    private static Automaton shortOnes(Automaton all) {
        Automaton plain = new CodePoints()
                .add('a', 'z')
                .add('0', '9')
                .add('-', '/')
                .add('A', 'Z')
                .one();
        return Operations.removeDeadStates(Operations.intersection(all, Operations.repeat(plain, 0, LONGEST)));
    }

    private static @Nullable String text(@Nullable IntsRef points) {
        return points == null ? null : new String(points.ints, points.offset, points.length);
    }
}

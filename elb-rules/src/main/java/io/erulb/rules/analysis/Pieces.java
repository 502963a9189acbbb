package io.erulb.rules.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.jspecify.annotations.Nullable;

/**
 * What a part of a pattern matches, with its anchors taken out: up to four languages, by whether the match has to start where
 * the text does and to end where the text does. {@code ^a|b$} is {a} anchored at the start and {b} at the end.
 */
final class Pieces {
    /** By {@link #index}; null where there is none. */
    private final @Nullable Automaton[] languages = new @Nullable Automaton[4];

    private static int index(boolean start, boolean end) {
        return (start ? 1 : 0) + (end ? 2 : 0);
    }

    private static boolean start(int index) {
        return (index & 1) != 0;
    }

    private static boolean end(int index) {
        return (index & 2) != 0;
    }

    static Pieces of(Automaton language) {
        return new Pieces().add(false, false, language);
    }

    static Pieces empty() {
        return of(Automata.makeEmptyString());
    }

    static Pieces anchor(boolean start, boolean end) {
        return new Pieces().add(start, end, Automata.makeEmptyString());
    }

    private Pieces add(boolean start, boolean end, Automaton language) {
        int at = index(start, end);
        Automaton there = languages[at];
        languages[at] = there == null ? language : Operations.union(List.of(there, language));
        return this;
    }

    /** Any of them. */
    static Pieces anyOf(List<Pieces> all) {
        Pieces any = new Pieces();
        for (int i = 0; i < any.languages.length; i++) {
            List<Automaton> languages = new ArrayList<>();
            for (Pieces pieces : all) {
                Automaton language = pieces.languages[i];
                if (language != null) {
                    languages.add(language);
                }
            }
            any.languages[i] = languages.isEmpty() ? null : Operations.union(languages);
        }
        return any;
    }

    /** One after the other; what has no anchors is put together at once, as each step copies all before it. */
    static Pieces sequence(List<Pieces> all) {
        Pieces sequence = empty();
        List<Automaton> plain = new ArrayList<>();
        for (Pieces pieces : all) {
            Automaton language = pieces.languages[0];
            if (language != null && !pieces.isAnchored()) {
                plain.add(language);
                continue;
            }
            sequence = sequence.then(together(plain)).then(pieces);
            plain.clear();
        }
        return sequence.then(together(plain));
    }

    private static Pieces together(List<Automaton> all) {
        return all.isEmpty() ? empty() : of(Operations.concatenate(all));
    }

    /** This and then that; where that has to start at the text's start this can only be empty, and so at the end. */
    private Pieces then(Pieces next) {
        Pieces both = new Pieces();
        for (int i = 0; i < languages.length; i++) {
            for (int j = 0; j < languages.length; j++) {
                Automaton first = languages[i];
                Automaton second = next.languages[j];
                if (first == null || second == null || !fits(start(j), first) || !fits(end(i), second)) {
                    continue;
                }
                Automaton before = start(j) ? Automata.makeEmptyString() : first;
                Automaton after = end(i) ? Automata.makeEmptyString() : second;
                both.add(start(i) || start(j), end(i) || end(j), Operations.concatenate(List.of(before, after)));
            }
        }
        return both;
    }

    private static boolean fits(boolean mustBeEmpty, Automaton language) {
        return !mustBeEmpty || isNullable(language);
    }

    /** Whether the empty text is in it; Lucene's automata have no empty transitions. */
    private static boolean isNullable(Automaton language) {
        return language.getNumStates() > 0 && language.isAccept(0);
    }

    Pieces optional() {
        return anyOf(List.of(this, empty()));
    }

    /**
     * Repeated.
     *
     * @param most -1 for no end
     */
    Pieces times(int least, int most) {
        if (least == 0 && most == 1) {
            return optional();
        }
        Automaton plain = languages[0];
        if (plain == null || isAnchored()) {
            throw new UnreadablePatternException();
        }
        return of(most < 0 ? Operations.repeat(plain, least) : Operations.repeat(plain, least, most));
    }

    private boolean isAnchored() {
        return languages[1] != null || languages[2] != null || languages[3] != null;
    }

    /** The texts in which it is found. */
    Automaton found() {
        List<Automaton> all = new ArrayList<>();
        for (int i = 0; i < languages.length; i++) {
            if (languages[i] == null) {
                continue;
            }
            List<Automaton> parts = new ArrayList<>();
            if (!start(i)) {
                parts.add(Automata.makeAnyString());
            }
            parts.add(Objects.requireNonNull(languages[i]));
            if (!end(i)) {
                parts.add(Automata.makeAnyString());
            }
            all.add(Operations.concatenate(parts));
        }
        return all.isEmpty() ? Automata.makeEmpty() : Operations.union(all);
    }
}

package io.erulb.rules.analysis;

import io.erulb.rules.spi.Condition.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.jspecify.annotations.Nullable;

/**
 * Sets of texts as deterministic automata without dead states, each made once. Where one would take too much work, or a
 * pattern's texts are not known, there is none. For one analysis, by one thread.
 */
final class Languages {
    /** Lucene's own limit for a pattern of a query is 10,000. */
    private static final int MOST_WORK = 50_000;

    /** Each found once for all, as that takes a look at every character. */
    private static final Map<Character, CodePoints> SAME_LETTERS = new ConcurrentHashMap<>();

    private record Key(Texts texts, boolean complement) {}

    private final Map<Key, Optional<Automaton>> made = new HashMap<>();

    /** The texts of a set, or all others; null when unknown. */
    @Nullable
    Automaton of(Texts texts, boolean complement) {
        return made.computeIfAbsent(new Key(texts, complement), this::make).orElse(null);
    }

    /** Whether a text is in a set, as the filter itself would say. */
    static boolean contains(Texts texts, String text) {
        if (texts instanceof Texts.All) {
            return true;
        }
        if (texts instanceof Texts.Equal equal) {
            return equal.texts().stream()
                    .anyMatch(one -> equal.ignoreCase() ? one.equalsIgnoreCase(text) : one.equals(text));
        }
        if (texts instanceof Texts.Prefix prefix) {
            return text.regionMatches(
                    prefix.ignoreCase(), 0, prefix.text(), 0, prefix.text().length());
        }
        if (texts instanceof Texts.Below below) {
            return text.length() > below.suffix().length() && text.endsWith(below.suffix());
        }
        if (texts instanceof Texts.Found found) {
            return !(found.nonEmpty() && text.isEmpty())
                    && found.pattern().test(text).matched();
        }
        return ((Texts.AnyOf) texts).sets().stream().anyMatch(set -> contains(set, text));
    }

    private Optional<Automaton> make(Key key) {
        try {
            Automaton language = deterministic(read(key.texts));
            return Optional.of(key.complement ? complement(language) : language);
        } catch (UnreadablePatternException | TooComplexToDeterminizeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    static Automaton deterministic(Automaton language) {
        return Operations.removeDeadStates(Operations.determinize(Operations.removeDeadStates(language), MOST_WORK));
    }

    private static Automaton complement(Automaton language) {
        return Operations.removeDeadStates(Operations.complement(language, MOST_WORK));
    }

    private Automaton read(Texts texts) {
        if (texts instanceof Texts.All) {
            return Automata.makeAnyString();
        }
        if (texts instanceof Texts.Equal equal) {
            return union(equal.texts().stream()
                    .map(text -> text(text, equal.ignoreCase()))
                    .toList());
        }
        if (texts instanceof Texts.Prefix prefix) {
            return sequence(text(prefix.text(), prefix.ignoreCase()), Automata.makeAnyString());
        }
        if (texts instanceof Texts.Below below) {
            return sequence(notEmpty(), text(below.suffix(), false));
        }
        if (texts instanceof Texts.Found found) {
            if (found.backtracking()) {
                throw new UnreadablePatternException();
            }
            Automaton all = PatternReader.found(found.pattern().text(), found.ignoreCase());
            return found.nonEmpty() ? Operations.intersection(all, notEmpty()) : all;
        }
        return union(((Texts.AnyOf) texts).sets().stream().map(this::read).toList());
    }

    private static Automaton notEmpty() {
        return sequence(Automata.makeAnyChar(), Automata.makeAnyString());
    }

    private static Automaton union(List<Automaton> all) {
        return all.isEmpty() ? Automata.makeEmpty() : Operations.union(all);
    }

    private static Automaton sequence(Automaton... parts) {
        return Operations.concatenate(List.of(parts));
    }

    private Automaton text(String text, boolean ignoreCase) {
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new UnreadablePatternException();
        }
        if (!ignoreCase) {
            return Automata.makeString(text);
        }
        List<Automaton> parts = new ArrayList<>();
        parts.add(Automata.makeEmptyString());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                throw new UnreadablePatternException();
            }
            parts.add(SAME_LETTERS.computeIfAbsent(c, Languages::sameLetters).one());
        }
        return Operations.concatenate(parts);
    }

    /** All that {@link String#equalsIgnoreCase} takes for the same letter. */
    private static CodePoints sameLetters(char letter) {
        CodePoints same = new CodePoints();
        char upper = Character.toUpperCase(letter);
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            char otherUpper = Character.toUpperCase((char) c);
            if (c == letter
                    || upper == otherUpper
                    || Character.toLowerCase(upper) == Character.toLowerCase(otherUpper)) {
                same.add(c);
            }
        }
        return same;
    }
}

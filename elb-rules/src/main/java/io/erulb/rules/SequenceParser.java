package io.erulb.rules;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the patterns a {@link BitMatcher} can match: characters and classes one after the other, each with {@code ? * +} or
 * nothing behind it, {@code ^} first, {@code $} last, groups that are not repeated. Of anything else it says null, and re2j
 * matches alone; the pattern is known to be valid.
 */
final class SequenceParser {
    private static final int ASCII = 128;

    private final String pattern;
    private final boolean ignoreCase;
    private final List<Position> positions = new ArrayList<>();
    private int at;

    private SequenceParser(String pattern, boolean ignoreCase) {
        this.pattern = pattern;
        this.ignoreCase = ignoreCase;
    }

    static @Nullable BitMatcher parse(String pattern, boolean ignoreCase) {
        return new SequenceParser(pattern, ignoreCase).matcher();
    }

    private @Nullable BitMatcher matcher() {
        boolean atStart = take('^');
        while (at < pattern.length() && !isEnd()) {
            if (!skipParenthesis() && !readPosition()) {
                return null;
            }
        }
        boolean empty = positions.stream().allMatch(Position::optional);
        boolean fits = positions.size() <= BitMatcher.MOST_POSITIONS;
        return empty || !fits ? null : new BitMatcher(positions, atStart, isEnd());
    }

    private boolean isEnd() {
        return at == pattern.length() - 1 && pattern.charAt(at) == '$';
    }

    private boolean take(char c) {
        boolean there = at < pattern.length() && pattern.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    /** Groups do not change what matches, unless they are repeated. */
    private boolean skipParenthesis() {
        if (pattern.startsWith("(?:", at)) {
            at += 3;
            return true;
        }
        if (pattern.startsWith("(?P<", at) || pattern.startsWith("(?<", at)) {
            at = pattern.indexOf('>', at) + 1;
            return true;
        }
        if (pattern.startsWith("(?", at)) {
            return false;
        }
        if (take('(')) {
            return true;
        }
        return !(at + 1 < pattern.length() && "?*+{".indexOf(pattern.charAt(at + 1)) >= 0) && take(')');
    }

    private boolean readPosition() {
        BitSet chars = readUnit();
        if (chars == null) {
            return false;
        }
        char quantifier = at < pattern.length() ? pattern.charAt(at) : ' ';
        if (quantifier == '{') {
            return false;
        }
        boolean quantified = "?*+".indexOf(quantifier) >= 0;
        if (quantified) {
            at++;
            // A lazy quantifier finds another match, but not another answer.
            take('?');
        }
        if (ignoreCase) {
            addOtherCase(chars);
        }
        positions.add(new Position(chars, quantified && quantifier != '+', quantified && quantifier != '?'));
        return true;
    }

    private @Nullable BitSet readUnit() {
        char c = pattern.charAt(at++);
        if (c == '\\') {
            return readEscape();
        }
        if (c == '[') {
            return readClass();
        }
        if (c == '.') {
            BitSet all = all();
            all.clear('\n');
            return all;
        }
        return c < ASCII && "^$|?*+(){}]".indexOf(c) < 0 ? of(c) : null;
    }

    private @Nullable BitSet readEscape() {
        char c = pattern.charAt(at++);
        if (c < ASCII && !Character.isLetterOrDigit(c)) {
            return of(c);
        }
        BitSet named = named(Character.toLowerCase(c));
        if (named != null && Character.isUpperCase(c)) {
            named.flip(0, ASCII);
        }
        return named;
    }

    private static @Nullable BitSet named(char c) {
        BitSet set = new BitSet();
        if (c == 's') {
            "\t\n\f\r ".chars().forEach(set::set);
            return set;
        }
        if (c == 'd' || c == 'w') {
            set.set('0', '9' + 1);
        }
        if (c == 'w') {
            set.set('a', 'z' + 1);
            set.set('A', 'Z' + 1);
            set.set('_');
        }
        return set.isEmpty() ? null : set;
    }

    private @Nullable BitSet readClass() {
        boolean negated = take('^');
        BitSet set = new BitSet();
        boolean first = true;
        while (first || !take(']')) {
            first = false;
            BitSet one = readClassItem();
            if (one == null) {
                return null;
            }
            set.or(one);
        }
        // Case goes before the complement: ignoring it, [^a] holds no A.
        if (negated && ignoreCase) {
            addOtherCase(set);
        }
        if (negated) {
            set.flip(0, ASCII);
        }
        return set;
    }

    private @Nullable BitSet readClassItem() {
        char c = pattern.charAt(at++);
        if (c >= ASCII || c == '[' || c == ']') {
            return null;
        }
        BitSet one = c == '\\' ? readEscape() : of(c);
        if (one == null || one.cardinality() != 1 || !isRange()) {
            return one;
        }
        at++;
        char end = pattern.charAt(at++);
        if (end >= ASCII || end == '[' || end == '\\') {
            return null;
        }
        one.set(one.nextSetBit(0), end + 1);
        return one;
    }

    private boolean isRange() {
        return pattern.startsWith("-", at) && !pattern.startsWith("-]", at);
    }

    private static void addOtherCase(BitSet set) {
        for (char lower = 'a'; lower <= 'z'; lower++) {
            char upper = Character.toUpperCase(lower);
            if (set.get(lower) || set.get(upper)) {
                set.set(lower);
                set.set(upper);
            }
        }
    }

    private static BitSet of(char c) {
        BitSet one = new BitSet();
        one.set(c);
        return one;
    }

    private static BitSet all() {
        BitSet all = new BitSet();
        all.set(0, ASCII);
        return all;
    }
}

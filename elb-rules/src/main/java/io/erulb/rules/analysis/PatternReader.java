package io.erulb.rules.analysis;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;

/**
 * Reads a pattern of <a href="https://github.com/google/re2/wiki/Syntax">RE2's syntax</a>, known to be valid, as the set of
 * texts in which it is found. For one use.
 */
final class PatternReader {
    private final String text;
    private final ClassReader classes;
    private int at;
    private boolean fold;
    private boolean dotAll;
    private boolean multiLine;

    private PatternReader(String text, boolean ignoreCase) {
        this.text = text;
        this.classes = new ClassReader(text);
        this.fold = ignoreCase;
    }

    /**
     * The texts in which the pattern is found.
     *
     * @throws UnreadablePatternException when it has word boundaries, Unicode classes, several lines, repeated anchors, or
     *     letters beyond ASCII whose case is ignored
     */
    static Automaton found(String pattern, boolean ignoreCase) {
        return new PatternReader(pattern, ignoreCase).alternatives().found();
    }

    private Pieces alternatives() {
        boolean foldOutside = fold;
        boolean dotAllOutside = dotAll;
        boolean multiLineOutside = multiLine;
        List<Pieces> all = new ArrayList<>(List.of(sequence()));
        while (take("|")) {
            all.add(sequence());
        }
        fold = foldOutside;
        dotAll = dotAllOutside;
        multiLine = multiLineOutside;
        return Pieces.anyOf(all);
    }

    private Pieces sequence() {
        List<Pieces> all = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            if (take("\\Q")) {
                quoted(all);
            } else if (take("\\E")) {
                refuseRepetition();
            } else {
                all.add(repeated(unit()));
            }
        }
        return Pieces.sequence(all);
    }

    private boolean take(String what) {
        boolean there = text.startsWith(what, at);
        at += there ? what.length() : 0;
        return there;
    }

    /** A repetition here would be of what stands before the last unit. */
    private void refuseRepetition() {
        if (at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0) {
            throw new UnreadablePatternException();
        }
    }

    /** What stands between \Q and \E; a repetition behind it is of its last character, which is left to others. */
    private void quoted(List<Pieces> all) {
        int close = text.indexOf("\\E", at);
        int end = close < 0 ? text.length() : close;
        while (at < end) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            all.add(character(c));
        }
        take("\\E");
        refuseRepetition();
    }

    private Pieces repeated(Pieces unit) {
        Pieces times = times(unit);
        // A lazy repetition finds another match, but finds one wherever a greedy one does.
        boolean repeats = times != unit;
        if (repeats) {
            take("?");
        }
        return times;
    }

    private Pieces times(Pieces unit) {
        if (take("*")) {
            return unit.times(0, -1);
        }
        if (take("+")) {
            return unit.times(1, -1);
        }
        if (take("?")) {
            return unit.optional();
        }
        Counts counts = Counts.at(text, at);
        if (counts == null) {
            return unit;
        }
        at = counts.end();
        return unit.times(counts.least(), counts.most());
    }

    private Pieces unit() {
        if (take("(")) {
            return group();
        }
        if (text.charAt(at) == '[' || isClassEscape()) {
            CodePoints points = classes.read(at, fold);
            at = classes.end();
            return Pieces.of(points.one());
        }
        if (take(".")) {
            return Pieces.of(dotAll ? Automata.makeAnyChar() : anyButNewline());
        }
        if (text.charAt(at) == '^' || text.charAt(at) == '$') {
            return anchor(text.charAt(at++) == '$');
        }
        if (take("\\A")) {
            return Pieces.anchor(true, false);
        }
        if (take("\\z")) {
            return Pieces.anchor(false, true);
        }
        return literal();
    }

    private static Automaton anyButNewline() {
        return new CodePoints().add('\n').complement().one();
    }

    private Pieces anchor(boolean end) {
        if (multiLine) {
            throw new UnreadablePatternException();
        }
        return Pieces.anchor(!end, end);
    }

    private boolean isClassEscape() {
        return text.charAt(at) == '\\' && "dDsSwWpP".indexOf(text.charAt(at + 1)) >= 0;
    }

    private Pieces literal() {
        int c = classes.readCharacter(at);
        at = classes.end();
        return character(c);
    }

    private Pieces character(int c) {
        if (Character.getType(c) == Character.SURROGATE) {
            throw new UnreadablePatternException();
        }
        CodePoints one = new CodePoints().add(c);
        return Pieces.of((fold ? one.folded() : one).one());
    }

    /** After its parenthesis: {@code (?:}, {@code (?P<name>}, {@code (?<name>}, {@code (?flags:} or {@code (?flags)}. */
    private Pieces group() {
        boolean foldOutside = fold;
        boolean dotAllOutside = dotAll;
        boolean multiLineOutside = multiLine;
        if (text.startsWith("?P<", at) || text.startsWith("?<", at)) {
            at = text.indexOf('>', at) + 1;
        } else if (take("?") && flags()) {
            refuseRepetition();
            return Pieces.empty();
        }
        Pieces inside = alternatives();
        take(")");
        fold = foldOutside;
        dotAll = dotAllOutside;
        multiLine = multiLineOutside;
        return inside;
    }

    /** Reads flags; whether they stand alone and hold for the rest of the group around. */
    private boolean flags() {
        boolean on = true;
        while (true) {
            char flag = text.charAt(at++);
            switch (flag) {
                case '-' -> on = false;
                case 'i' -> fold = on;
                case 's' -> dotAll = on;
                case 'm' -> multiLine = on;
                case ':' -> {
                    return false;
                }
                case ')' -> {
                    return true;
                }
                default -> {
                    // U: who is greedy does not change whether there is a match.
                }
            }
        }
    }
}

package io.erulb.rules.analysis;

import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/**
 * The texts that a subject can be at all; more where in doubt, so that what is not among them is none for certain. Lone
 * surrogates come out of no request.
 */
final class Bases {
    private static final Automaton PATH = Languages.deterministic(path());
    private static final Automaton HOST = Languages.deterministic(
            Operations.repeat(range('!', '~').addAll(range('\u0080', '\u00ff')).one()));
    private static final Automaton FIELD = Languages.deterministic(trimmed(fieldCharacters()));
    private static final Automaton COOKIE = Languages.deterministic(trimmed(without(fieldCharacters(), ';')));
    private static final Automaton QUERY =
            Languages.deterministic(Operations.repeat(scalars().one()));

    private Bases() {}

    static Automaton of(Subject.Kind kind) {
        return switch (kind) {
            case PATH -> PATH;
            case HOST -> HOST;
            case HEADER -> FIELD;
            case COOKIE -> COOKIE;
            default -> QUERY;
        };
    }

    private static CodePoints range(int from, int to) {
        return new CodePoints().add(from, to);
    }

    private static CodePoints scalars() {
        return range(0, Character.MIN_SURROGATE - 1).add(Character.MAX_SURROGATE + 1, Character.MAX_CODE_POINT);
    }

    /** RFC 9110 section 5.5. */
    private static CodePoints fieldCharacters() {
        return range(' ', '~').add('\u0080', '\u00ff').add('\t');
    }

    private static CodePoints without(CodePoints points, int... others) {
        CodePoints left = points.complement();
        for (int other : others) {
            left.add(other);
        }
        return left.complement();
    }

    /** Blanks are inside alone. */
    private static Automaton trimmed(CodePoints characters) {
        Automaton edge = without(characters, ' ', '\t').one();
        Automaton inside = Operations.repeat(characters.one());
        Automaton longer = Operations.concatenate(List.of(edge, inside, edge));
        return Operations.union(List.of(Automata.makeEmptyString(), edge, longer));
    }

    /** Normal form: segments that are neither empty nor {@code .} nor {@code ..}. */
    private static Automaton path() {
        CodePoints any = without(scalars(), '/', 0);
        CodePoints noDot = without(any.complement().complement(), '.');
        Automaton dot = Automata.makeChar('.');
        Automaton rest = Operations.repeat(any.one());
        Automaton segment = Operations.union(List.of(
                Operations.concatenate(List.of(noDot.one(), rest)),
                Operations.concatenate(List.of(dot, noDot.one(), rest)),
                Operations.concatenate(List.of(dot, dot, any.one(), rest))));
        Automaton slash = Automata.makeChar('/');
        Automaton segments = Operations.repeat(Operations.concatenate(List.of(slash, segment)), 1);
        return Operations.union(List.of(slash, Operations.concatenate(List.of(segments, Operations.optional(slash)))));
    }
}

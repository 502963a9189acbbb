package io.erulb.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.erulb.rules.spi.TextPattern;

/** Chooses the cheapest matcher for a pattern: plain text where it is no more than that, else re2j with help; or backtracking. */
final class Patterns {
    private static final String OPT_IN =
            "; patterns are RE2's, matched in linear time; \"backtracking\": true allows java.util.regex under a step budget";

    private static final PatternPool IN_USE = new PatternPool();

    private Patterns() {}

    static TextPattern compile(String text, boolean ignoreCase, boolean backtracking) throws BadPatternException {
        return IN_USE.get(new PatternPool.Source(text, ignoreCase, backtracking), Patterns::compile);
    }

    private static TextPattern compile(PatternPool.Source source) throws BadPatternException {
        String text = source.text();
        boolean ignoreCase = source.ignoreCase();
        PatternSize.check(text);
        if (source.backtracking()) {
            return BacktrackingPattern.compile(text, ignoreCase);
        }
        Pattern compiled = compileLinear(text, ignoreCase);
        Literal literal = Literal.leading(text, ignoreCase);
        return literal != null && literal.whole()
                ? new LiteralPattern(text, literal)
                : LinearPattern.of(compiled, ignoreCase, literal);
    }

    /** Stands in for a pattern that did not compile. */
    static TextPattern never(String text) {
        return new LiteralPattern(text, null);
    }

    private static Pattern compileLinear(String text, boolean ignoreCase) throws BadPatternException {
        try {
            return Pattern.compile(text, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException e) {
            throw new BadPatternException(reason(text, e) + hint(text), e);
        } catch (StackOverflowError e) {
            throw new BadPatternException("bad pattern: nested too deeply", e);
        }
    }

    private static String reason(String text, PatternSyntaxException e) {
        String rest = e.getPattern();
        int at = rest == null || rest.isEmpty() ? -1 : text.indexOf(rest);
        String place = at < 0 ? "" : " at position " + at + ": " + rest;
        return "bad pattern: " + e.getDescription() + place;
    }

    /** The opt-in helps only with what java.util.regex can read. */
    private static String hint(String text) {
        return isJavaSyntax(text) ? OPT_IN : "";
    }

    private static boolean isJavaSyntax(String text) {
        try {
            BacktrackingPattern.compile(text, false);
            return true;
        } catch (BadPatternException e) {
            return false;
        }
    }
}

package io.erulb.rules.analysis;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the characters and classes of a pattern: {@code [^a-z\d]}, {@code \w}, {@code \x41}, {@code [[:alpha:]]}. */
final class ClassReader {
    private static final Map<Character, String> PERL = Map.of('d', "09", 's', "\t\n\f\r  ", 'w', "09AZ__az");
    private static final Map<String, String> POSIX = Map.ofEntries(
            Map.entry("alnum", "09AZaz"),
            Map.entry("alpha", "AZaz"),
            Map.entry("ascii", "\0\u007f"),
            Map.entry("blank", "\t\t  "),
            Map.entry("cntrl", "\0\u001f\u007f\u007f"),
            Map.entry("digit", "09"),
            Map.entry("graph", "!~"),
            Map.entry("lower", "az"),
            Map.entry("print", " ~"),
            Map.entry("punct", "!/:@[`{~"),
            Map.entry("space", "\t\r  "),
            Map.entry("upper", "AZ"),
            Map.entry("word", "09AZaz__"),
            Map.entry("xdigit", "09AFaf"));

    private final String text;
    private int at;

    ClassReader(String text) {
        this.text = text;
    }

    /** Where the last reading ended. */
    int end() {
        return at;
    }

    /** The class that starts here. */
    CodePoints read(int start, boolean fold) {
        at = start;
        return text.charAt(at) == '[' ? brackets(fold) : perl(fold);
    }

    /** The character that starts here, escaped or not. */
    int readCharacter(int start) {
        at = start;
        return character();
    }

    private CodePoints perl(boolean fold) {
        char name = text.charAt(at + 1);
        at += 2;
        return named(PERL.get(Character.toLowerCase(name)), Character.isUpperCase(name), fold);
    }

    private static CodePoints named(@Nullable String ranges, boolean negated, boolean fold) {
        if (ranges == null) {
            throw new UnreadablePatternException();
        }
        CodePoints points = new CodePoints();
        for (int i = 0; i < ranges.length(); i += 2) {
            points.add(ranges.charAt(i), ranges.charAt(i + 1));
        }
        CodePoints folded = fold ? points.folded() : points;
        return negated ? folded.complement() : folded;
    }

    private CodePoints brackets(boolean fold) {
        at++;
        boolean negated = text.charAt(at) == '^';
        at += negated ? 1 : 0;
        CodePoints all = new CodePoints();
        boolean first = true;
        while (first || text.charAt(at) != ']') {
            first = false;
            all.addAll(item(fold));
        }
        at++;
        return negated ? all.complement() : all;
    }

    private CodePoints item(boolean fold) {
        if (text.startsWith("[:", at) && text.indexOf(":]", at) > 0) {
            int close = text.indexOf(":]", at);
            boolean negated = text.charAt(at + 2) == '^';
            String name = text.substring(at + (negated ? 3 : 2), close);
            at = close + 2;
            return named(POSIX.get(name), negated, fold);
        }
        if (text.charAt(at) == '\\' && "dDsSwWpP".indexOf(text.charAt(at + 1)) >= 0) {
            return perl(fold);
        }
        int from = character();
        int to = from;
        if (text.startsWith("-", at) && !text.startsWith("-]", at)) {
            at++;
            to = character();
        }
        CodePoints range = new CodePoints().add(from, to);
        return fold ? range.folded() : range;
    }

    private int character() {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return c == '\\' ? escaped() : c;
    }

    private int escaped() {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return switch (c) {
            case 'a' -> 7;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            case 'x' -> hexadecimal();
            default -> {
                if (c >= '0' && c <= '7') {
                    yield octal();
                }
                if (Character.isLetterOrDigit(c) || c >= 0x80) {
                    throw new UnreadablePatternException();
                }
                yield c;
            }
        };
    }

    private int hexadecimal() {
        if (text.charAt(at) == '{') {
            int close = text.indexOf('}', at);
            int value = Integer.parseInt(text.substring(at + 1, close), 16);
            at = close + 1;
            return value;
        }
        at += 2;
        return Integer.parseInt(text.substring(at - 2, at), 16);
    }

    /** Up to three digits, the first of which is read already. */
    private int octal() {
        int value = text.charAt(at - 1) - '0';
        for (int i = 0; i < 2 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '7'; i++) {
            value = value * 8 + text.charAt(at) - '0';
            at++;
        }
        return value;
    }
}
